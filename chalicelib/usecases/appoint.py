"""Appoint: a row of staff.csv gives somebody in an organisation his dated rights (四.(二))."""

from chalicelib.errors import NotFound
from chalicelib.rules import office_rows
from chalicelib.rules.history import Command
from chalicelib.rules.tabular import Row, RowFault
from chalicelib.store import organisations


def appoint(row: Row, _command: Command) -> bool:
    """True where the row changed what the city knew; RowFault."""
    person = office_rows.staff(row)
    try:
        organisations.load(person.organisation_id)
    except NotFound:
        raise RowFault("organisation_code", "unknown_organisation") from None
    return organisations.save_staff(person)

"""Appoint: a row of staff.csv gives somebody in an organisation his dated rights (四.(二))."""

from chalicelib.errors import NotFound
from chalicelib.rules import office_rows
from chalicelib.rules.history import Command
from chalicelib.rules.principal import Staff
from chalicelib.rules.tabular import Row, RowFault
from chalicelib.store import organisations


def appoint(row: Row, _command: Command) -> bool:
    """True where the row changed what the city knew; RowFault."""
    return organisations.save_staff(_read(row))


def would_appoint(row: Row, _command: Command) -> bool:
    """Whether the row would change what the city knows; RowFault. Writes nothing."""
    return organisations.staff_changes(_read(row))


def _read(row: Row) -> Staff:
    person = office_rows.staff(row)
    try:
        organisations.load(person.organisation_id)
    except NotFound:
        raise RowFault("organisation_code", "unknown_organisation") from None
    return person

"""Enter an organisation: a row of organisations.csv; its account is sealed before it is kept."""

from dataclasses import replace

from chalicelib.errors import NotFound
from chalicelib.rules import office_rows
from chalicelib.rules.history import Command
from chalicelib.rules.office_rows import LICENCE, CompanyAccount
from chalicelib.rules.principal import Organisation
from chalicelib.rules.tabular import Row
from chalicelib.store import organisations, secrets


def enter_organisation(row: Row, _command: Command) -> bool:
    """True where the row changed what the city knew; RowFault."""
    organisation, paid_to = _told(row)
    if paid_to is None:
        return organisations.save(organisation, None)
    record = secrets.seal_organisation(organisation.id, paid_to)
    return organisations.save(organisation, record, secrets.account_mac(organisation.id, paid_to))


def would_enter_organisation(row: Row, _command: Command) -> bool:
    """Whether the row would change what the city knows; RowFault. Writes nothing."""
    organisation, paid_to = _told(row)
    mac = secrets.account_mac(organisation.id, paid_to) if paid_to else None
    return organisations.changes(organisation, mac)


def _told(row: Row) -> tuple[Organisation, CompanyAccount | None]:
    """What the row tells; a file without licences leaves those that are recorded."""
    organisation, paid_to = office_rows.organisation(row)
    if row.tells(LICENCE):
        return organisation, paid_to
    try:
        kept = organisations.load(organisation.id)
    except NotFound:
        return organisation, paid_to
    return replace(organisation, licence=kept.licence), paid_to

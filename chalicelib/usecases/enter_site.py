"""Enter a teaching site (授课地点): a row of sites.csv, of an institution the city knows."""

from chalicelib.errors import NotFound
from chalicelib.rules import office_rows
from chalicelib.rules.history import Command
from chalicelib.rules.office_rows import SiteRow
from chalicelib.rules.principal import TEACHING_KINDS
from chalicelib.rules.tabular import Row, RowFault
from chalicelib.store import organisations

_COLUMN = "organisation_code"


def enter_site(row: Row, _command: Command) -> bool:
    """True where the row changed what the city knew; RowFault."""
    return organisations.save_site(_read(row))


def would_enter_site(row: Row, _command: Command) -> bool:
    """Whether the row would change what the city knows; RowFault. Writes nothing."""
    return organisations.site_changes(_read(row))


def _read(row: Row) -> SiteRow:
    site = office_rows.site(row)
    try:
        institution = organisations.load(site.organisation_id)
    except NotFound:
        raise RowFault(_COLUMN, "unknown_organisation") from None
    if institution.kind not in TEACHING_KINDS:
        raise RowFault(_COLUMN, "not_an_institution")
    return site

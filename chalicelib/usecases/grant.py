"""Grant: a row of budgets.csv opens a fund's year with the money it is given."""

from chalicelib.errors import NotFound
from chalicelib.rules import office_rows
from chalicelib.rules.history import Command
from chalicelib.rules.tabular import Row
from chalicelib.store import programmes


def grant(row: Row, _command: Command) -> bool:
    """True where the fund's year is new; RowFault."""
    return programmes.grant(office_rows.grant(row))


def would_grant(row: Row, _command: Command) -> bool:
    """Whether the fund's year would be new; RowFault. Writes nothing."""
    given = office_rows.grant(row)
    try:
        programmes.budget(given.fund, given.year)
    except NotFound:
        return True
    return False

"""Read a result's row: its level by any name that the programme's policy in force declares."""

from chalicelib.errors import NotFound
from chalicelib.rules import calendar, result_row
from chalicelib.rules.history import Command
from chalicelib.rules.result_row import PROGRAMME, Result
from chalicelib.rules.tabular import Row, RowFault
from chalicelib.store import programmes


def read_result(row: Row, command: Command) -> Result:
    """The result a row stands for; RowFault with the column and the reason."""
    today = calendar.civil_date(command.at)
    try:
        policy = programmes.current(row[PROGRAMME], today)
    except NotFound:
        raise RowFault(PROGRAMME, "unknown_programme") from None
    return result_row.result(row, policy.levels(today))

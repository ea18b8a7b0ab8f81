"""Aim: a row of targets.csv says how many vouchers are to be issued and used (一、工作目标)."""

from chalicelib.rules import office_rows
from chalicelib.rules.history import Command
from chalicelib.rules.tabular import Row
from chalicelib.store import figures


def aim(row: Row, _command: Command) -> bool:
    """True where the row changed what was aimed at; RowFault."""
    return figures.aim(office_rows.target(row))


def would_aim(row: Row, _command: Command) -> bool:
    """The same of a row that is only judged."""
    return not figures.is_aimed(office_rows.target(row))

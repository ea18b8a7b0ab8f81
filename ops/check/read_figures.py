"""Items of the figures' table as the rules' values.

The attributes' names stand here a second time on purpose: a fault of the store's own mapping
must not hide itself. KeyError, TypeError or ValueError where an item cannot be read.
"""

from collections.abc import Iterable

from chalicelib.rules.figures import Cell, Dimension, Figure, Sums
from chalicelib.rules.ids import VoucherId
from chalicelib.store.dump import Item
from ops.check.read_people import whole


def cells_of(items: Iterable[Item]) -> list[Item]:
    """The table's cells; the rest are the marks of counted vouchers."""
    return [item for item in items if item["part"] != "mark"]


def marks_of(items: Iterable[Item]) -> list[Item]:
    """The marks: up to where each voucher is counted."""
    return [item for item in items if item["part"] == "mark"]


def cell(item: Item) -> tuple[Cell, Sums]:
    """A cell and what is counted in it; a target beside it is no matter of the vouchers."""
    scope, by, period = item["id"].split("|")
    programme, value, fund = item["part"].split("|")
    sums = {figure: whole(item[figure]) for figure in Figure if figure in item}
    return Cell(scope, Dimension(by), period, programme, value, fund), sums


def mark(item: Item) -> tuple[VoucherId, int]:
    """A voucher and the version up to which it is counted."""
    return VoucherId(item["id"].removeprefix("voucher|")), whole(item["ver"])

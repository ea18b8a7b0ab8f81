"""Figures (统计数据): cells of sums, and beside them up to where each voucher is counted.

A cell is reached by whose it is, by what and of which period, and then by programme, value and
fund: one answer is one Query. Cells and the vouchers' marks move together or not at all, so that
an event is in the sums exactly when its voucher's mark says so.
"""

from collections.abc import Iterable, Sequence

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.transactions import TransactWrite

from chalicelib import settings
from chalicelib.rules import figures
from chalicelib.rules.figures import Cell, Dimension, Figure, Step, Sums
from chalicelib.rules.ids import VoucherId

from . import transact
from .table import Table

TOGETHER = 100
"""Items that DynamoDB moves in one transaction."""

_SEPARATOR = "|"
_MARK = "mark"


class _Cell(Table):
    class Meta:
        table_name = settings.load().figures_table

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    issued = NumberAttribute(null=True)
    claimed = NumberAttribute(null=True)
    verified = NumberAttribute(null=True)
    used = NumberAttribute(null=True)
    settled = NumberAttribute(null=True)
    expired = NumberAttribute(null=True)
    approved_fen = NumberAttribute(null=True)
    paid_fen = NumberAttribute(null=True)
    returned_fen = NumberAttribute(null=True)


class _Mark(Table):
    class Meta:
        table_name = settings.load().figures_table

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    ver = NumberAttribute()


def counted(voucher_ids: Iterable[VoucherId]) -> dict[VoucherId, int]:
    """Up to which version each of the vouchers is counted; absent where never."""
    keys = [(_mark_id(voucher_id), _MARK) for voucher_id in voucher_ids]
    found = _Mark.batch_get(keys, consistent_read=True)
    return {VoucherId(item.id.removeprefix(_mark_id(""))): int(item.ver) for item in found}


def add(steps: Sequence[Step]) -> None:
    """Adds what the steps say, and marks their vouchers counted, in one transaction.

    Together they touch at most TOGETHER items. Lost where one of them is not counted up to where
    its step begins.
    """
    cells = figures.summed(steps)

    def fill(transaction: TransactWrite) -> None:
        for step in steps:
            item = _Mark(id=_mark_id(step.voucher_id), part=_MARK, ver=step.version)
            before = _Mark.ver == step.counted if step.counted else _Mark.id.does_not_exist()
            transaction.save(item, condition=before)
        for cell, sums in cells.items():
            actions = [getattr(_Cell, figure).add(number) for figure, number in sums.items()]
            transaction.update(_Cell(*_key(cell)), actions)

    def are_counted() -> bool:
        marks = counted(step.voucher_id for step in steps)
        return all(marks.get(step.voucher_id, 0) >= step.version for step in steps)

    transact.together(fill, are_counted)


def page(
    scope: str, by: Dimension, period: str, after: str, limit: int
) -> tuple[list[tuple[Cell, Sums]], str]:
    """At most `limit` cells in the order of programme, value and fund; where the next page begins.

    A page never ends between the cells of one programme and value, so that they come together.
    """
    key = _hash(scope, by, period)
    start = {"id": {"S": key}, "part": {"S": after}} if after else None
    found = _Cell.query(key, limit=limit, page_size=limit, last_evaluated_key=start)
    items = list(found)
    if found.last_evaluated_key:
        last = _value_of(items[-1].part)
        items = [item for item in items if _value_of(item.part) != last]
    cells = [(_cell(scope, by, period, item.part), _sums(item)) for item in items]
    return cells, items[-1].part if found.last_evaluated_key else ""


def _hash(scope: str, by: Dimension, period: str) -> str:
    return _SEPARATOR.join((scope, by, period))


def _key(cell: Cell) -> tuple[str, str]:
    part = _SEPARATOR.join((cell.programme, cell.value, cell.fund))
    return _hash(cell.scope, cell.by, cell.period), part


def _value_of(part: str) -> str:
    return part.rpartition(_SEPARATOR)[0]


def _cell(scope: str, by: Dimension, period: str, part: str) -> Cell:
    programme, value, fund = part.split(_SEPARATOR)
    return Cell(scope, by, period, programme, value, fund)


def _sums(item: _Cell) -> Sums:
    named = ((figure, getattr(item, figure)) for figure in Figure)
    return {figure: int(number) for figure, number in named if number is not None}


def _mark_id(voucher_id: str) -> str:
    return f"voucher{_SEPARATOR}{voucher_id}"

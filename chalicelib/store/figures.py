"""Figures (统计数据): cells of sums, and beside them up to where each voucher is counted.

A cell is reached by whose it is, by what and of which period, and then by programme, value and
fund: one answer is one Query. Cells and the vouchers' marks move together or not at all, so that
an event is in the sums exactly when its voucher's mark says so.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import groupby

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib import settings
from chalicelib.rules import counting
from chalicelib.rules.counting import Step
from chalicelib.rules.figures import Cell, Dimension, Figure, Row, Sums, Target
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
    aimed_issued = NumberAttribute(null=True)
    aimed_used = NumberAttribute(null=True)


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
    cells = counting.summed(steps)

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


def is_aimed(target: Target) -> bool:
    """Whether the target stands beside its counts already."""
    aimed = {Figure.ISSUED: target.issued, Figure.USED: target.used}
    keys = [_key(cell) for cell in target.cells]
    found = [_aimed(item) for item in _Cell.batch_get(keys, consistent_read=True)]
    return found == [aimed] * len(keys)


def aim(target: Target) -> bool:
    """Keeps what is aimed at beside the counts; False where it stood so already."""
    if is_aimed(target):
        return False
    actions: list[Action] = [
        _Cell.aimed_issued.set(target.issued),
        _Cell.aimed_used.set(target.used),
    ]
    for cell in target.cells:
        item = _Cell(*_key(cell))
        transact.write(partial(item.update, actions), lambda: False)
    return True


def page(scope: str, by: Dimension, period: str, after: str, limit: int) -> tuple[list[Row], str]:
    """Rows of programme and value, in that order, and where the next page begins.

    At most `limit` cells, and one Query; a row whose cells do not all fit begins the next page.
    """
    key = _hash(scope, by, period)
    start = {"id": {"S": key}, "part": {"S": after}} if after else None
    found = _Cell.query(key, limit=limit, page_size=limit, last_evaluated_key=start)
    items = list(found)
    if found.last_evaluated_key:
        last = _value_of(items[-1].part)
        items = [item for item in items if _value_of(item.part) != last]
    rows = [_row(list(cells)) for _, cells in groupby(items, lambda item: _value_of(item.part))]
    return rows, items[-1].part if found.last_evaluated_key else ""


def _row(cells: list[_Cell]) -> Row:
    programme, value, _ = cells[0].part.split(_SEPARATOR)
    by_fund = {cell.part.rpartition(_SEPARATOR)[2]: _sums(cell) for cell in cells}
    counts = by_fund.pop("", {})
    return Row(programme, value, counts, by_fund, _aimed(cells[0]))


def _sums(item: _Cell) -> Sums:
    named = ((figure, getattr(item, figure)) for figure in Figure)
    return {figure: int(number) for figure, number in named if number is not None}


def _aimed(item: _Cell) -> Sums:
    named = ((Figure.ISSUED, item.aimed_issued), (Figure.USED, item.aimed_used))
    return {figure: int(number) for figure, number in named if number is not None}


def _hash(scope: str, by: Dimension, period: str) -> str:
    return _SEPARATOR.join((scope, by, period))


def _key(cell: Cell) -> tuple[str, str]:
    part = _SEPARATOR.join((cell.programme, cell.value, cell.fund))
    return _hash(cell.scope, cell.by, cell.period), part


def _value_of(part: str) -> str:
    return part.rpartition(_SEPARATOR)[0]


def _mark_id(voucher_id: str) -> str:
    return f"voucher{_SEPARATOR}{voucher_id}"

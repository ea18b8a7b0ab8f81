"""Count (统计): the figures take in what happened to vouchers, each event once.

What is heard twice, late or in another order finds itself counted: the mark of a voucher and the
cells move together.
"""

from collections import Counter
from collections.abc import Iterable

from chalicelib.errors import Conflict
from chalicelib.rules import counting
from chalicelib.rules.counting import Step
from chalicelib.rules.figures import Figure, Sums
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.voucher import Voucher
from chalicelib.store import figures, transact

_CELLS = 60
"""A voucher's own share of a transaction; a life of ordinary length needs half of it."""

_TRIES = 5


def count(heard: Iterable[Voucher]) -> Sums:
    """Counts what the newest of the vouchers' versions have that is not counted yet.

    What this added for the whole city; two who count the same at the same instant may both say
    so, though the figures took it once. Raises Conflict `changed_meanwhile` where others counted
    the same vouchers all the while.
    """
    newest: dict[VoucherId, Voucher] = {}
    for voucher in heard:
        known = newest.get(voucher.id)
        if known is None or voucher.version > known.version:
            newest[voucher.id] = voucher
    added = Counter[Figure]()
    for _ in range(_TRIES):
        try:
            for pack in counting.packed(_steps(newest), figures.TOGETHER):
                figures.add(pack)
                added.update(counting.of_the_city(pack))
        except transact.Lost:
            continue
        return added
    raise Conflict("changed_meanwhile")


def _steps(newest: dict[VoucherId, Voucher]) -> list[Step]:
    """What is still to be counted; vouchers of one district together, as they share cells."""
    marks = figures.counted(newest)
    inside = sorted(newest.values(), key=lambda voucher: voucher.terms.district or "")
    return [
        step
        for voucher in inside
        for step in counting.steps(voucher, marks.get(voucher.id, 0), _CELLS)
    ]

"""Vouchers whose time has come: found in the index share by share, then read and moved."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.rules import calendar, due, voucher
from chalicelib.rules.history import Command
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.moves import MOVES, Verb
from chalicelib.rules.voucher import Voucher
from chalicelib.store import transact, vouchers

from . import entitle
from .side_by_side import side_by_side

_PAGE = 100


def move_all(
    verb: Verb,
    work: Callable[[int], str],
    ripe: Callable[[Voucher], bool],
    now: datetime,
    spent: Callable[[], bool],
) -> int:
    """Makes the move on every voucher the work waits for and that is ripe; how many it was.

    It works from the state: a missed, doubled or parallel run comes to the same end.
    """
    command = Command("schedule", "system", f"{verb}:{calendar.civil_date(now)}", "", now)

    def move(found: Voucher) -> bool:
        sources, _ = MOVES[found.shape].get(verb, (frozenset(), None))
        if found.state not in sources or not ripe(found):
            return False
        try:
            moved = voucher.move(found, verb, command, {})
            counts = entitle.changed(found, moved, calendar.civil_date(now))
            entitle.save(found, moved, counts)
        except transact.Lost:
            return False
        return True

    return sum(
        _shard(work(number), move, calendar.text(now), spent) for number in range(due.SHARDS)
    )


def _shard(
    work: str, move: Callable[[Voucher], bool], until: str, spent: Callable[[], bool]
) -> int:
    """One share of the work, until the index shows nothing that was not looked at before."""
    total, seen = 0, set[VoucherId]()
    while not spent():
        # For a while the index still shows what was moved already; the page makes room for it.
        listed = set(vouchers.due(work, until, _PAGE + len(seen))) - seen
        if not listed:
            break
        total += sum(side_by_side(move, vouchers.load_all(sorted(listed))))
        seen |= listed
    return total

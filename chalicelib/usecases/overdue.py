"""Vouchers whose time has come: found in the index share by share, then read and moved."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.rules import calendar, due, voucher
from chalicelib.rules.history import Command
from chalicelib.rules.voucher import Verb, Voucher
from chalicelib.store import transact, vouchers

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
        sources, _ = voucher.MOVES[found.shape].get(verb, (frozenset(), None))
        if found.state not in sources or not ripe(found):
            return False
        try:
            vouchers.save(found, voucher.move(found, verb, command, {}))
        except transact.Lost:
            return False
        return True

    return sum(
        _shard(work(number), move, calendar.text(now), spent) for number in range(due.SHARDS)
    )


def _shard(
    work: str, move: Callable[[Voucher], bool], until: str, spent: Callable[[], bool]
) -> int:
    """One share of the work, until nothing moves: what the index shows late waits for a day."""
    total = 0
    while not spent():
        listed = vouchers.due(work, until, _PAGE)
        moved = sum(side_by_side(move, vouchers.load_all(listed))) if listed else 0
        total += moved
        if not moved:
            break
    return total

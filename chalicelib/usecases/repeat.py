"""Repeat: what is due in the outbox is sent again, as it was sent before, until it has arrived."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.rules import calendar, outgoing
from chalicelib.rules.outgoing import SHARDS, Delivery, Outgoing
from chalicelib.store import outbox

from .dispatch import send
from .side_by_side import side_by_side

_PAGE = 100


def repeat(now: datetime, spent: Callable[[], bool]) -> int:
    """Sends every row that is due, share by share until `spent`; how many it was.

    Killed after sending, it sends again under the same ids; a receiver knows them.
    """
    return sum(_share(number, now, spent) for number in range(SHARDS))


def _share(number: int, now: datetime, spent: Callable[[], bool]) -> int:
    until, total, seen = calendar.text(now), 0, set[str]()
    while not spent():
        # For a while the index still shows what was sent just now; the page makes room for it.
        listed = set(outbox.due(number, until, _PAGE + len(seen))) - seen
        if not listed:
            break
        rows = [row for row in outbox.load_all(sorted(listed)) if _waits(row, until)]
        send(rows, now)
        side_by_side(lambda row: _later(row, now), rows)
        total += len(rows)
        seen |= listed
    return total


def _waits(row: Outgoing, until: str) -> bool:
    return row.delivery is Delivery.DUE and row.due_on <= until


def _later(row: Outgoing, now: datetime) -> None:
    outbox.postpone(row, outgoing.next_due(row.tries + 1, now))

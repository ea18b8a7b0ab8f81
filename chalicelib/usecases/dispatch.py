"""Dispatch: rows are kept in the outbox, and what was new of them is sent at once.

Where each destination's events go is said here alone.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from chalicelib.errors import Unavailable
from chalicelib.observability import Log, logger
from chalicelib.rules import calendar, outgoing
from chalicelib.rules.outgoing import Outgoing
from chalicelib.store import outbox, queues


def dispatch(rows: Sequence[Outgoing], now: datetime) -> None:
    """Keeps rows and sends those that were not kept before.

    A queue that does not answer holds up nobody: the rows are due and the schedule sends them.
    """
    fresh = outbox.put_all(rows)
    send([row for row, new in zip(rows, fresh, strict=True) if new], now)


def send(rows: Sequence[Outgoing], now: datetime) -> None:
    """Hands rows to the queue of their destination; what fails stays due and is told.

    What a channel is told is done once its queue has it: an app acknowledges nothing.
    """
    notices = [row for row in rows if outgoing.for_a_channel(row)]
    _handed(queues.send_to_national, [row for row in rows if not outgoing.for_a_channel(row)])
    if _handed(queues.send_to_channels, notices):
        outbox.finish_all([row.id for row in notices], calendar.text(now))


def _handed(hand: Callable[[Sequence[str]], None], rows: Sequence[Outgoing]) -> bool:
    if not rows:
        return False
    try:
        hand([row.event for row in rows])
    except Unavailable as fault:
        extra = {"log": Log.UNSENT, "code": fault.code, "rows": len(rows)}
        logger.warning("unsent", extra=extra)
        return False
    return True

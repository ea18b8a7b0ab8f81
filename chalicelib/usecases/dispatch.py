"""Dispatch: rows are kept in the outbox, and what was new of them is sent at once.

Where each destination's events go is said here alone.
"""

from collections.abc import Sequence

from chalicelib.errors import Unavailable
from chalicelib.observability import Log, logger
from chalicelib.rules.outgoing import Outgoing
from chalicelib.store import outbox, queues


def dispatch(rows: Sequence[Outgoing]) -> None:
    """Keeps rows and sends those that were not kept before.

    A queue that does not answer holds up nobody: the rows are due and the schedule sends them.
    """
    fresh = outbox.put_all(rows)
    send([row for row, new in zip(rows, fresh, strict=True) if new])


def send(rows: Sequence[Outgoing]) -> None:
    """Hands rows to the queue of their destination; what fails stays due and is told."""
    try:
        queues.send_to_national([row.event for row in rows])
    except Unavailable as fault:
        extra = {"log": Log.UNSENT, "code": fault.code, "rows": len(rows)}
        logger.warning("unsent", extra=extra)

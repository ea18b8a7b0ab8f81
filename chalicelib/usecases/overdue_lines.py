"""How long payment lines have been waiting to be sent: what the relay's alarm watches."""

from datetime import datetime

from chalicelib.rules import calendar, history
from chalicelib.rules.line import LineState
from chalicelib.store import payments

_LOOKED_AT = 100


def oldest_s(now: datetime) -> int:
    """Seconds for which the oldest due line has been due; 0 where none is.

    A hundred lines are looked at, in the index's own order: where more are due, they stand for all.
    """
    listed, _ = payments.due("", _LOOKED_AT)
    since = [
        calendar.instant(history.read(line.history[-1]).at)
        for line in payments.load_all(listed)
        if line.state is LineState.DUE
    ]
    return int((now - min(since, default=now)).total_seconds())

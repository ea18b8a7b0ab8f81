"""How long events have waited for the platform's answer: what the repeat's alarm watches."""

from datetime import datetime

from chalicelib.rules import calendar, outgoing
from chalicelib.rules.outgoing import SHARDS, Delivery
from chalicelib.store import outbox

_LOOKED_AT = 100


def oldest_s(now: datetime) -> int:
    """Seconds for which the oldest event has been neither acknowledged nor refused; 0 for none.

    A hundred of each share are looked at, the next due first: where more wait, they stand for all.
    """
    until = outgoing.latest_due(now)
    listed = [each for number in range(SHARDS) for each in outbox.due(number, until, _LOOKED_AT)]
    since = [
        calendar.instant(row.put_at)
        for row in outbox.load_all(listed)
        if row.delivery is Delivery.DUE and not outgoing.for_a_channel(row)
    ]
    return int((now - min(since, default=now)).total_seconds())

"""What is to leave the city: one event for one receiver, due until he has it.

Here: what a row of the outbox says and when it is sent again. Not here: what the events mean.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zlib import crc32

from . import calendar

SHARDS = 16
"""One index key for everything that is due would be a hot partition."""

NATIONAL = "national"
"""The destination of what the national platform (全国社保卡服务平台) is told."""

_CHANNEL = "channel#"
_FIRST_REPEAT = timedelta(minutes=5)
_LAST_REPEAT = timedelta(hours=6)


class Delivery(StrEnum):
    """Where a row stands."""

    DUE = "due"  # sent, or to be sent, and not yet known to have arrived
    DONE = "done"  # acknowledged, or sent where nobody acknowledges
    REFUSED = "refused"  # its receiver will not take it; a person decides


@dataclass(frozen=True)
class Outgoing:
    """One event for one destination; `id` is the event's own and no other row has it.

    `event` is the message as it is sent, every time the same; `put_at` is since when it waits,
    anew where it was made due again; `tries` counts the repeats.
    """

    id: str
    destination: str
    event: str
    put_at: str
    due_on: str
    tries: int = 0
    delivery: Delivery = Delivery.DUE
    reason: str = ""


def channel(client_id: str) -> str:
    """The destination of what the app with this client id is told."""
    return _CHANNEL + client_id


def for_a_channel(row: Outgoing) -> bool:
    """Whether an app is told it; an app acknowledges nothing and knows a repeated id."""
    return row.destination.startswith(_CHANNEL)


def shard(event_id: str) -> int:
    """The share of the outbox in which the event waits."""
    return crc32(event_id.encode()) % SHARDS


def new(event_id: str, destination: str, event: str, now: datetime) -> Outgoing:
    """A row that is sent at once: it is due only once the first sending may have been lost."""
    return Outgoing(
        event_id, destination, event, calendar.text(now), calendar.text(now + _FIRST_REPEAT)
    )


def latest_due(now: datetime) -> str:
    """Until when every row that waits now is due at least once more."""
    return calendar.text(now + _LAST_REPEAT)


def next_due(tries: int, now: datetime) -> str:
    """When a row that was just sent again is due once more: twice as late each time."""
    return calendar.text(now + min(_FIRST_REPEAT * 2 ** min(tries, 10), _LAST_REPEAT))

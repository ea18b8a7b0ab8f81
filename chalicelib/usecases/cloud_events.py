"""CloudEvents 1.0, the envelope of every message between the city and others.

Here: the attributes all of them share. Not here: what a message says; its own type does.
"""

from typing import Annotated, Literal

import msgspec

EventId = Annotated[str, msgspec.Meta(min_length=1, max_length=128)]


class Received(msgspec.Struct, frozen=True):
    """What the city asks of any event sent to it; attributes nobody asked for are left unread."""

    specversion: Literal["1.0"]
    id: EventId


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """What every event of the city carries; `time` is when it happened, in Shanghai time."""

    specversion: Literal["1.0"] = "1.0"
    id: EventId
    source: str
    type: str
    time: str
    datacontenttype: Literal["application/json"] = "application/json"

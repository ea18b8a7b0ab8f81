"""The registered client channels: rows of the organisations' table, all under one key."""

import time
from datetime import date

from pynamodb.attributes import (
    JSONAttribute,
    ListAttribute,
    NumberAttribute,
    UnicodeAttribute,
)

from chalicelib import settings
from chalicelib.errors import NotFound
from chalicelib.rules.channel import Channel, Registration

from . import transact
from .table import Table

_CHANNELS = "channels"
_KEPT_S = 60
"""A channel suspended or registered now is so in every function within this time."""


class _Channel(Table):
    class Meta:
        table_name = settings.load().organisations_table

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    content = JSONAttribute()
    ver = NumberAttribute()
    history = ListAttribute[str](of=UnicodeAttribute)  # type: ignore[arg-type]


def load(client_id: str) -> Channel:
    """A registered channel, open or not; NotFound."""
    found = find(client_id)
    if found is None:
        raise NotFound("channel")
    return found


def find(client_id: str) -> Channel | None:
    """The same, or None where nobody registered it."""
    try:
        return _read(_Channel.get(_CHANNELS, client_id, consistent_read=True))
    except _Channel.DoesNotExist:
        return None


_known: dict[str, tuple[float, Channel]] = {}


def lately(client_id: str) -> Channel | None:
    """The same as it stood within the last minute; that it was absent is not remembered."""
    known = _known.get(client_id)
    if known is None or time.monotonic() - known[0] > _KEPT_S:
        channel = find(client_id)
        if channel is None:
            return None
        known = _known[client_id] = (time.monotonic(), channel)
    return known[1]


def listed() -> list[Channel]:
    """Every registered channel, by client id."""
    return [_read(item) for item in _Channel.query(_CHANNELS, consistent_read=True)]


def save(before: Channel | None, after: Channel) -> None:
    """Keeps what became of the channel as it was read; Lost where it is not so any more."""
    told = after.registration
    item = _Channel(
        id=_CHANNELS,
        part=after.client_id,
        content={
            "name_zh": told.name_zh,
            "name_en": told.name_en,
            "since": told.since.isoformat(),
            "until": told.until and told.until.isoformat(),
            "suspended": after.suspended,
        },
        ver=len(after.history),
        history=list(after.history),
    )
    as_read = _Channel.ver == len(before.history) if before else _Channel.part.does_not_exist()

    def applied() -> bool:
        kept = find(after.client_id)
        return kept is not None and kept.history[: len(after.history)] == after.history

    transact.write(lambda: item.save(condition=as_read), applied)
    _known.pop(after.client_id, None)


def _read(item: _Channel) -> Channel:
    content = item.content
    registration = Registration(
        name_zh=content["name_zh"],
        name_en=content["name_en"],
        since=date.fromisoformat(content["since"]),
        until=date.fromisoformat(content["until"]) if content["until"] else None,
    )
    return Channel(item.part, registration, content["suspended"], tuple(item.history))

"""What happened to an object, kept inside it: a chained list of events.

An event is canonical JSON text; it carries the SHA-256 of the text before it, so that a change
or a gap anywhere breaks the chain. What an event means for its object stands with the object.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from . import calendar, plain

LIMIT = 60
"""Events one object may hold; the next is refused."""


@dataclass(frozen=True)
class Command:
    """Who asks for a change, as what, under which id, and when.

    `key` is the command's id: the caller's idempotency key, a message's id or a run's slot.
    `body` is the hash of what was asked, so that the same key with another body is noticed.
    `channel` is the client through which a person acts, "" where none has part in it.
    """

    actor: str
    role: str
    key: str
    body: str
    at: datetime
    channel: str = ""


@dataclass(frozen=True)
class Event:
    """One change: its number, when, what, the state after it, by whom, what it set.

    `channel` is the client it came through; events written before there were any have none.
    """

    n: int
    at: str
    do: str
    to: str
    by: str
    role: str
    key: str
    body: str
    set: Mapping[str, Any]
    prev: str
    channel: str = ""


def body_hash(content: bytes) -> str:
    """The hash of a request's content: 132 bits, enough to tell two bodies of one key apart."""
    return urlsafe_b64encode(sha256(content).digest()).decode()[:22]


def link(text: str) -> str:
    """What the event after this text carries of it."""
    return urlsafe_b64encode(sha256(text.encode()).digest()).decode().rstrip("=")


def append(
    history: Sequence[str], verb: str, to: str, command: Command, facts: Mapping[str, Any]
) -> tuple[str, ...]:
    """The history with one more event at its end."""
    event = Event(
        n=len(history) + 1,
        at=calendar.text(command.at),
        do=verb,
        to=to,
        by=command.actor,
        role=command.role,
        key=command.key,
        body=command.body,
        set=dict(facts),
        prev=link(history[-1]) if history else "",
        channel=command.channel,
    )
    told = dict(vars(event))
    if not event.channel:
        # Most events come through none, and a history pays for every byte.
        del told["channel"]
    return (*history, plain.canonical(told))


def read(text: str) -> Event:
    """The event an entry stands for."""
    return Event(**json.loads(text))


def events(history: Sequence[str]) -> tuple[Event, ...]:
    """All events, oldest first."""
    return tuple(read(text) for text in history)


def broken_at(history: Sequence[str]) -> int | None:
    """The number of the first event that does not follow from the one before it, or None."""
    before = ""
    for n, text in enumerate(history, 1):
        event = read(text)
        if event.n != n or event.prev != before:
            return n
        before = link(text)
    return None


def made_by(history: Sequence[str], key: str) -> Event | None:
    """The last event that the command with this key left, if it ever did."""
    # The quoted key is looked for first: parsing every event of every request would cost more.
    needle = f'"key":{json.dumps(key, ensure_ascii=False)}'
    return next((read(text) for text in reversed(history) if needle in text), None)

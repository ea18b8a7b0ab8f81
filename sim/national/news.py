"""Events of vouchers as they arrive at the platform, and how it opens their sealed part.

Here: the message's shape and its decryption. Not here: what the platform makes of one.
"""

from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from sim.desk.hearing import NotUnderstoodError, unseal


class _Data(msgspec.Struct, frozen=True):
    voucher_id: str
    sequence: int
    state: str
    sealed: str | None = None


class _Event(msgspec.Struct, frozen=True):
    id: str
    source: str
    type: str
    specversion: Literal["1.0"]
    data: _Data


class _Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    aac147: str
    aac003: str


@dataclass(frozen=True)
class News:
    """One event of a voucher; an issue names its person by document number."""

    event_id: str
    state: str
    number: str | None


def read_news(body: str, kms: Any, key_id: str) -> News:
    """Read a CloudEvent and open its sealed person under the event's id as context.

    Raises NotUnderstoodError; a fault of the key service itself passes through, so that the message
    stays in the queue and is tried again.
    """
    try:
        event = msgspec.json.decode(body, type=_Event)
        person = _person(event, kms, key_id)
    except msgspec.MsgspecError as error:
        raise NotUnderstoodError(type(error).__name__) from error
    told = f"city.voucher.voucher.{event.data.state.lower()}.v1"
    if event.type != told or event.id != f"{event.data.voucher_id}.{event.data.sequence}":
        raise NotUnderstoodError("its type or id is not that of its voucher's event")
    if (event.data.sequence == 1) != (person is not None):
        raise NotUnderstoodError("an issue names its person, and nothing else does")
    return News(event.id, event.data.state, person.aac147 if person else None)


def _person(event: _Event, kms: Any, key_id: str) -> _Person | None:
    if event.data.sealed is None:
        return None
    opened = unseal(kms, key_id, event.data.sealed, {"event_id": event.id})
    return msgspec.json.decode(opened, type=_Person)

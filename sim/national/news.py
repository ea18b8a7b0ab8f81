"""Events of vouchers as they arrive at the platform, and how it opens their sealed part.

Here: the message's shape and its decryption. Not here: what the platform makes of one.
"""

import base64
import binascii
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
from botocore.exceptions import ClientError

REFUSED_BY_KEY = {"InvalidCiphertextException", "IncorrectKeyException", "ValidationException"}


class UnreadableError(Exception):
    """The message is no voucher's event, or its sealed part does not open for this event."""


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

    Raises UnreadableError; a fault of the key service itself passes through, so that the message
    stays in the queue and is tried again.
    """
    try:
        event = msgspec.json.decode(body, type=_Event)
        person = _person(event, kms, key_id)
    except (msgspec.MsgspecError, binascii.Error) as error:
        raise UnreadableError(type(error).__name__) from error
    told = f"city.voucher.voucher.{event.data.state.lower()}.v1"
    if event.type != told or event.id != f"{event.data.voucher_id}.{event.data.sequence}":
        raise UnreadableError("its type or id is not that of its voucher's event")
    if (event.data.sequence == 1) != (person is not None):
        raise UnreadableError("an issue names its person, and nothing else does")
    return News(event.id, event.data.state, person.aac147 if person else None)


def _person(event: _Event, kms: Any, key_id: str) -> _Person | None:
    if event.data.sealed is None:
        return None
    try:
        answer = kms.decrypt(
            KeyId=key_id,
            CiphertextBlob=base64.b64decode(event.data.sealed, validate=True),
            EncryptionContext={"event_id": event.id},
        )
    except ClientError as error:
        if error.response["Error"]["Code"] in REFUSED_BY_KEY:
            raise UnreadableError("the sealed part does not open for this event") from error
        raise
    return msgspec.json.decode(answer["Plaintext"], type=_Person)

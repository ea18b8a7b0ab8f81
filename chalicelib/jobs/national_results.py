"""The queue of the national platform's answers: taken, refused, or an account it states."""

import json
from base64 import b64decode
from typing import Annotated, Any

import msgspec
from chalice.app import Blueprint, SQSEvent

from chalicelib import settings
from chalicelib.observability import observed
from chalicelib.rules import calendar
from chalicelib.rules.history import Command, body_hash
from chalicelib.usecases.cloud_events import Received
from chalicelib.usecases.hear_national import acknowledge, refuse
from chalicelib.usecases.state_account import state_account

from .messages import one_by_one

bp = Blueprint(__name__)

Told = Annotated[str, msgspec.Meta(pattern=r"^v-[a-z2-7]{26}\.[1-9][0-9]?\Z")]
"""The id of an event that the platform was told."""

_Source = Annotated[str, msgspec.Meta(pattern=r"^urn:national:[a-z0-9-]{1,32}\Z")]


class Taken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The events that the platform has; a hundred at most."""

    ids: Annotated[tuple[Told, ...], msgspec.Meta(min_length=1, max_length=100)]


class NotTaken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event that it will not take, and why, as a code: no words, and nobody's name."""

    id: Told
    reason: Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z_]{0,63}\Z")]


class AccountStated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The account tied to the card of the person whom an event of an issue names.

    `sealed` opens to aae010 (account) under the city's key, with the event's id as context.
    """

    id: Told
    sealed: Annotated[str, msgspec.Meta(min_length=1, max_length=8_192)]


class Acknowledgement(
    Received, frozen=True, tag_field="type", tag="city.voucher.national.acknowledged.v1"
):
    """The platform has these events."""

    source: _Source
    data: Taken


class Refusal(Received, frozen=True, tag_field="type", tag="city.voucher.national.refused.v1"):
    """The platform will not take this event."""

    source: _Source
    data: NotTaken


class Statement(Received, frozen=True, tag_field="type", tag="city.voucher.national.account.v1"):
    """The platform answers an issue with the person's account; `time` orders such answers."""

    source: _Source
    time: str
    data: AccountStated


Answer = Acknowledgement | Refusal | Statement


@bp.on_sqs_message(queue="national-results", batch_size=10, name="consume_national_results")
@observed
def consume_national_results(event: SQSEvent) -> dict[str, Any]:
    """Hears what the platform says; a message that is none ends among the dead letters."""

    def work(message: dict[str, Any]) -> None:
        body = body_hash(json.dumps(message, ensure_ascii=False, sort_keys=True).encode())
        said: Answer = msgspec.convert(message, Answer)
        key = f"{said.source}/{said.id}"
        _hear(said, Command(said.source, "national", key, body, settings.now()))

    return one_by_one(event, work)


def _hear(said: Answer, command: Command) -> None:
    if isinstance(said, Acknowledgement):
        acknowledge(said.data.ids, command)
    elif isinstance(said, Refusal):
        refuse(said.data.id, said.data.reason, command)
    else:
        stated_at = calendar.text(calendar.instant(said.time))
        sealed = b64decode(said.data.sealed, validate=True)
        state_account(said.data.id, sealed, stated_at, command)

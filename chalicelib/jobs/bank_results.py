"""The queue of the bank's results: each message is one word of a bank about one line."""

import json
from typing import Annotated, Any, Literal

import msgspec
from chalice.app import Blueprint, SQSEvent

from chalicelib import settings
from chalicelib.observability import observed
from chalicelib.rules.history import Command, body_hash
from chalicelib.rules.ids import LineId
from chalicelib.rules.line import BankWord, LineVerb
from chalicelib.usecases.hear import hear

from .messages import one_by_one

bp = Blueprint(__name__)

_VERBS = {
    "city.voucher.bank.accepted.v1": LineVerb.ACCEPT,
    "city.voucher.bank.paid.v1": LineVerb.PAY,
    "city.voucher.bank.rejected.v1": LineVerb.REJECT,
    "city.voucher.bank.returned.v1": LineVerb.RETURN,
}


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a bank says of one attempt of a line."""

    line_id: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    attempt: Annotated[int, msgspec.Meta(ge=1, le=1_000)]
    amount_fen: Annotated[int, msgspec.Meta(ge=0, le=10**12)]
    reason: Annotated[str, msgspec.Meta(max_length=200)] = ""


class BankEvent(msgspec.Struct, frozen=True):
    """The CloudEvent it comes in; attributes nobody asked for are left unread."""

    specversion: Literal["1.0"]
    id: Annotated[str, msgspec.Meta(min_length=1, max_length=128)]
    source: Annotated[str, msgspec.Meta(pattern=r"^urn:bank:[a-z0-9-]{1,32}\Z")]
    type: Literal[
        "city.voucher.bank.accepted.v1",
        "city.voucher.bank.paid.v1",
        "city.voucher.bank.rejected.v1",
        "city.voucher.bank.returned.v1",
    ]
    data: Said


@bp.on_sqs_message(queue="bank-results", batch_size=10, name="consume_bank_results")
@observed
def consume_bank_results(event: SQSEvent) -> dict[str, Any]:
    """Hears what the bank says; a message that is none ends among the dead letters."""

    def work(message: dict[str, Any]) -> None:
        said = msgspec.convert(message, BankEvent)
        body = body_hash(json.dumps(message, ensure_ascii=False, sort_keys=True).encode())
        command = Command(said.source, "bank", f"{said.source}/{said.id}", body, settings.now())
        hear(_word(said), command)

    return one_by_one(event, work)


def _word(said: BankEvent) -> BankWord:
    data = said.data
    return BankWord(
        _VERBS[said.type], LineId(data.line_id), data.attempt, data.amount_fen, data.reason
    )

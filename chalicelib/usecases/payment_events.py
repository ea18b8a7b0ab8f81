"""What the bank is asked to pay, line by line."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from chalicelib.rules import calendar
from chalicelib.rules.line import Line

from .cloud_events import Sent

REQUESTED = "city.voucher.payment.requested.v1"
SOURCE = "urn:voucher-city:payments"


class PaymentRequest(msgspec.Struct, frozen=True):
    """One attempt to pay one line; `amount_fen` is whole fen.

    `sealed` is base64 of a ciphertext of AWS KMS under the bank's key, with the encryption
    context `{"line_id": …}`; it opens to the JSON object payee_name, account, branch_code.
    """

    line_id: Annotated[str, msgspec.Meta(pattern="^l-[a-z2-7]{26}$")]
    attempt: Annotated[int, msgspec.Meta(ge=1)]
    amount_fen: Annotated[int, msgspec.Meta(ge=1)]
    currency: Literal["CNY"]
    sealed: str


class PaymentRequested(Sent, frozen=True, kw_only=True):
    """The CloudEvent it travels in; its id is the line and the attempt, however often it is sent.

    `time` is when it was sent this time.
    """

    data: PaymentRequest


def requested(due: Line, now: datetime) -> PaymentRequested:
    """The request to pay a line that is due."""
    return PaymentRequested(
        id=f"{due.id}.{due.attempt}",
        source=SOURCE,
        type=REQUESTED,
        time=calendar.text(now),
        data=PaymentRequest(
            line_id=due.id,
            attempt=due.attempt,
            amount_fen=due.amount_fen,
            currency="CNY",
            sealed=due.sealed,
        ),
    )

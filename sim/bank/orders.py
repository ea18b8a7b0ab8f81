"""Payment orders as they arrive at the bank, and how it opens their sealed part.

Here: the message's shape and its decryption. Not here: what the bank makes of an order.
"""

import hashlib
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from sim.desk.hearing import NotUnderstoodError, unseal


class _Request(msgspec.Struct, frozen=True):
    line_id: str
    attempt: int
    amount_fen: int
    currency: Literal["CNY"]
    sealed: str


class _Event(msgspec.Struct, frozen=True):
    id: str
    source: str
    type: Literal["city.voucher.payment.requested.v1"]
    specversion: Literal["1.0"]
    data: _Request


class _Payee(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    payee_name: str
    account: str
    branch_code: str


@dataclass(frozen=True)
class Order:
    """One request to pay: `amount_fen` to `account`, for one attempt of one line."""

    order_id: str
    line_id: str
    attempt: int
    amount_fen: int
    payee_name: str
    account: str
    branch_code: str

    @property
    def fingerprint(self) -> str:
        """Digest of what is asked: equal for a repeat, however it was sealed."""
        parts = (self.line_id, self.attempt, self.amount_fen, self.payee_name, self.account)
        return hashlib.sha256(repr((*parts, self.branch_code)).encode()).hexdigest()


def read_order(body: str, kms: Any, key_id: str) -> Order:
    """Read a CloudEvent and open its sealed payee under the line's id as context.

    Raises NotUnderstoodError; a fault of the key service itself passes through, so that the
    message stays in the queue and is tried again.
    """
    try:
        event = msgspec.json.decode(body, type=_Event)
        request = event.data
        opened = unseal(kms, key_id, request.sealed, {"line_id": request.line_id})
        payee = msgspec.json.decode(opened, type=_Payee)
    except msgspec.MsgspecError as error:
        raise NotUnderstoodError(type(error).__name__) from error
    return Order(
        order_id=event.id,
        line_id=request.line_id,
        attempt=request.attempt,
        amount_fen=request.amount_fen,
        payee_name=payee.payee_name,
        account=payee.account,
        branch_code=payee.branch_code,
    )

"""How this bank behaves: pays, rejects, repeats itself, answers out of order, returns.

Here: pure decisions on an order and its place in the bank's own count. Not here: queues,
files, or the wording of messages.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sim.bank.orders import Order

CLOSED_ACCOUNTS = "621990"
RETURNING_ACCOUNTS = "621991"
RETURN_AFTER = timedelta(days=7)
REPEATS_EVERY = 5
REVERSES_EVERY = 7


class Kind(StrEnum):
    """What the bank can say about an attempt."""

    ACCEPTED = "accepted"
    PAID = "paid"
    REJECTED = "rejected"
    RETURNED = "returned"


@dataclass(frozen=True)
class Answer:
    """One thing to say about an order, `after` the decision; `copies` of the same message."""

    kind: Kind
    after: timedelta = timedelta(0)
    copies: int = 1
    reason: str | None = None


def pays(order: Order) -> bool:
    """Whether money moves at all: a positive amount to an account that is not closed."""
    return order.amount_fen > 0 and not order.account.startswith(CLOSED_ACCOUNTS)


def answers(order: Order, payment_no: int) -> tuple[Answer, ...]:
    """Everything the bank will say about `order`, in the order in which it says it.

    `payment_no` counts this bank's payments from 1: every fifth `paid` is sent twice,
    every seventh comes before its `accepted`.
    """
    if order.amount_fen <= 0:
        return (Answer(Kind.REJECTED, reason="amount not positive"),)
    if order.account.startswith(CLOSED_ACCOUNTS):
        return (Answer(Kind.REJECTED, reason="account closed"),)
    accepted = Answer(Kind.ACCEPTED)
    paid = Answer(Kind.PAID, copies=2 if payment_no % REPEATS_EVERY == 0 else 1)
    said = (paid, accepted) if payment_no % REVERSES_EVERY == 0 else (accepted, paid)
    if order.account.startswith(RETURNING_ACCOUNTS):
        returned = Answer(Kind.RETURNED, after=RETURN_AFTER, reason="account frozen")
        return (*said, returned)
    return said

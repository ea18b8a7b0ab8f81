"""Every message between the city and others, by CloudEvent type: its msgspec type, its queue.

The one list from which docs/asyncapi.json and docs/schemas are made; no schema is written here.
"""

from dataclasses import dataclass
from typing import Literal

import msgspec

from chalicelib.jobs.bank_results import BankEvent
from chalicelib.jobs.national_results import Acknowledgement, Refusal, Statement
from chalicelib.rules.moves import State
from chalicelib.rules.notice import Kind
from chalicelib.usecases.national_events import VoucherEvent
from chalicelib.usecases.notice_events import NoticeEvent, event_type
from chalicelib.usecases.payment_events import REQUESTED, PaymentRequested


@dataclass(frozen=True)
class Queue:
    """A queue by its output of the stack: whether the city sends to it or receives from it."""

    output: str
    title: str
    about: str
    action: Literal["send", "receive"]


@dataclass(frozen=True)
class Message:
    """A CloudEvent type with its version, and the msgspec type of what travels under it.

    `says` is a field of its data whose value the type decides, and that value.
    """

    event_type: str
    carries: type[msgspec.Struct]
    queue: Queue
    says: tuple[str, str] | None = None


BANK = Queue(
    "BankQueue",
    "Payment requests",
    "The bank reads what it is asked to pay. A repeated id is the same request: it is paid once.",
    "send",
)
BANK_RESULTS = Queue(
    "BankResultsQueue",
    "The bank's words",
    "The bank says what became of each attempt, in any order and as often as it likes.",
    "receive",
)
NATIONAL = Queue(
    "NationalQueue",
    "Voucher events",
    "The national platform reads every event of every voucher; each is repeated until "
    "acknowledged. Order them by data.sequence within a voucher.",
    "send",
)
NATIONAL_RESULTS = Queue(
    "NationalResultsQueue",
    "The national platform's words",
    "The platform acknowledges or refuses events, and states the account tied to a card.",
    "receive",
)
CHANNELS = Queue(
    "ChannelsQueue",
    "Notices",
    "The apps' push gateway reads notices and hands each to the app named by its subject. "
    "A repeated id is the same notice.",
    "send",
)

_BANK_WORDS = ("accepted", "paid", "rejected", "returned")

MESSAGES: tuple[Message, ...] = (
    Message(REQUESTED, PaymentRequested, BANK),
    *(Message(f"city.voucher.bank.{word}.v1", BankEvent, BANK_RESULTS) for word in _BANK_WORDS),
    *(
        Message(
            f"city.voucher.voucher.{state.lower()}.v1",
            VoucherEvent,
            NATIONAL,
            ("state", state.value),
        )
        for state in State
    ),
    Message("city.voucher.national.acknowledged.v1", Acknowledgement, NATIONAL_RESULTS),
    Message("city.voucher.national.refused.v1", Refusal, NATIONAL_RESULTS),
    Message("city.voucher.national.account.v1", Statement, NATIONAL_RESULTS),
    *(Message(event_type(kind), NoticeEvent, CHANNELS, ("code", kind.value)) for kind in Kind),
)
"""Every message, in the order of the document."""

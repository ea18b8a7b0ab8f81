"""The bank at work: take orders from one queue, answer on the other.

Here: the loop and the order of its effects. Not here: rules, wording, storage.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sim.bank.ledger import ContradictionError, Ledger
from sim.bank.messages import worded
from sim.bank.orders import Order, UnreadableError, read_order
from sim.bank.rules import answers, pays

LOG = logging.getLogger("bank")
BATCH = 10

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Bank:
    """One bank: its name, its queues and key, its ledger, and its own clock."""

    name: str
    sqs: Any
    kms: Any
    orders_url: str
    results_url: str
    key_id: str
    ledger: Ledger
    clock: Clock


@dataclass(frozen=True)
class Work:
    """What one round did: orders taken, orders known from before, letters sent."""

    taken: int = 0
    repeated: int = 0
    sent: int = 0

    def __add__(self, other: "Work") -> "Work":
        return Work(
            self.taken + other.taken, self.repeated + other.repeated, self.sent + other.sent
        )

    @property
    def idle(self) -> bool:
        """Whether the round found nothing to do."""
        return self == Work()


def serve(bank: Bank, idle_s: float) -> Work:
    """Work until there was nothing to do for `idle_s` seconds; say what was done."""
    done = Work()
    quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < idle_s:
        work = work_once(bank, wait_s=1)
        done += work
        if not work.idle:
            quiet_since = time.monotonic()
    return done


def work_once(bank: Bank, wait_s: int = 0) -> Work:
    """One round: take at most ten orders, then send every letter that is due."""
    reply = bank.sqs.receive_message(
        QueueUrl=bank.orders_url, MaxNumberOfMessages=BATCH, WaitTimeSeconds=wait_s
    )
    work = Work()
    for message in reply.get("Messages", []):
        work += _receive(bank, message)
    return work + Work(sent=_send_due(bank))


def _receive(bank: Bank, message: dict[str, Any]) -> Work:
    try:
        order = read_order(message["Body"], bank.kms, bank.key_id)
        known = bank.ledger.knows(order)
    except (UnreadableError, ContradictionError) as error:
        # Left in the queue: after its fifth receive it goes to the dead letters.
        LOG.warning("not understood: %s: %s", type(error).__name__, error)
        return Work()
    if not known:
        _take(bank, order)
    # Deleted only now: a bank that dies before meets the order again and knows it.
    bank.sqs.delete_message(QueueUrl=bank.orders_url, ReceiptHandle=message["ReceiptHandle"])
    return Work(repeated=1) if known else Work(taken=1)


def _take(bank: Bank, order: Order) -> None:
    now = bank.clock()
    serial = bank.ledger.next_serial()
    letters = []
    for answer in answers(order, payment_no=bank.ledger.payments() + 1):
        due = now + answer.after
        letter = (*worded(bank.name, answer, order, serial, due), due)
        letters.extend([letter] * answer.copies)
    bank.ledger.take(order, paid=pays(order), now=now, letters=letters)


def _send_due(bank: Bank) -> int:
    due = bank.ledger.due(bank.clock())
    for start in range(0, len(due), BATCH):
        batch = due[start : start + BATCH]
        entries = [{"Id": str(letter.position), "MessageBody": letter.body} for letter in batch]
        reply = bank.sqs.send_message_batch(QueueUrl=bank.results_url, Entries=entries)
        sent = {int(entry["Id"]) for entry in reply.get("Successful", [])}
        bank.ledger.mark_sent(letter for letter in batch if letter.position in sent)
    return len(due)

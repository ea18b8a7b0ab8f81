"""The bank at work: take orders from one queue, answer on the other.

Here: the loop and the order of its effects. Not here: rules, wording, storage.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

from sim.bank.ledger import Ledger
from sim.bank.messages import worded
from sim.bank.orders import Order, read_order
from sim.bank.rules import answers, pays
from sim.desk.hearing import hear
from sim.desk.letters import send_due
from sim.desk.opening import Clock
from sim.desk.work import Work


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


def work_once(bank: Bank, wait_s: int = 0) -> Work:
    """One round: take at most ten orders, then send every letter that is due."""
    known = hear(bank.sqs, bank.orders_url, partial(_receive, bank), wait_s)
    sent = send_due(bank.ledger.letters, bank.sqs, bank.results_url, bank.clock())
    return Work(heard=known.count(False), repeated=known.count(True), sent=sent)


def _receive(bank: Bank, body: str) -> bool:
    """Take the order unless it is known; whether it was."""
    order = read_order(body, bank.kms, bank.key_id)
    known = bank.ledger.knows(order)
    if not known:
        _take(bank, order)
    return known


def _take(bank: Bank, order: Order) -> None:
    now = bank.clock()
    serial = bank.ledger.next_serial()
    letters = []
    for answer in answers(order, payment_no=bank.ledger.payments() + 1):
        due = now + answer.after
        letter = worded(bank.name, answer, order, serial, due), due
        letters.extend([letter] * answer.copies)
    bank.ledger.take(order, paid=pays(order), now=now, letters=letters)

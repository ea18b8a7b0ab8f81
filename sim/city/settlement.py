"""What becomes of every voucher that passed: its amount, its payee and how the bank answers.

A class's voucher belongs to the district of the institution, a certificate's to that of the
holder. Whoever is to be rejected or returned has exactly one payment.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sim.city.amounts import certificate_fen, training_fen
from sim.city.check_ins import CheckIn
from sim.city.dice import Dice
from sim.city.moments import CLAIM_DAY
from sim.city.people import Person
from sim.city.results import Result
from sim.city.sizes import Size

RETURNED = 3


@dataclass(frozen=True)
class Payment:
    """One approved voucher. `fate` is paid, kept (held to the end), rejected or returned."""

    person: Person
    programme: str
    district: str
    payee: str
    amount_fen: int
    is_held: bool
    fate: str = "paid"


def abnormal_records(check_ins: Iterable[CheckIn]) -> dict[tuple[str, int], CheckIn]:
    """Return the records that no tap made good, by document number and lesson."""
    best: dict[tuple[str, int], CheckIn] = {}
    for tap in check_ins:
        record = (tap.learner.person.document_number, tap.lesson_no)
        if record not in best or tap.outcome == "good":
            best[record] = tap
    return {record: tap for record, tap in best.items() if tap.outcome != "good"}


def _payment(result: Result, held: set[str]) -> Payment:
    person = result.person
    if result.learner is None:
        amount_fen = certificate_fen(person, result.occupation, result.level, result.day)
        return Payment(person, result.programme, person.district, "worker", amount_fen, False)
    return Payment(
        person=person,
        programme=result.programme,
        district=result.learner.training_class.institution.district,
        payee=result.learner.paid_by,
        amount_fen=training_fen(person, result.occupation, result.level, CLAIM_DAY),
        is_held=person.document_number in held,
    )


def make_payments(
    seed: int, size: Size, results: Iterable[Result], check_ins: Iterable[CheckIn]
) -> tuple[Payment, ...]:
    """Return a payment for every result that passed, with its fate."""
    dice = Dice(seed, "settlement")
    held = {document_number for document_number, _ in abnormal_records(check_ins)}
    payments = [_payment(result, held) for result in results if result.passed]
    kept = dice.sample(
        [number for number, each in enumerate(payments) if each.is_held],
        dice.between(*size.kept_held),
    )
    fates = dict.fromkeys(kept, "kept")
    lines = Counter(each.person.document_number for each in payments)
    own = [
        number
        for number, each in enumerate(payments)
        if each.payee == "worker" and lines[each.person.document_number] == 1 and number not in kept
    ]
    unlucky = dice.sample(own, RETURNED + dice.between(*size.rejected))
    fates |= dict.fromkeys(unlucky[:RETURNED], "returned")
    fates |= dict.fromkeys(unlucky[RETURNED:], "rejected")
    return tuple(
        replace(each, fate=fates.get(number, "paid")) for number, each in enumerate(payments)
    )

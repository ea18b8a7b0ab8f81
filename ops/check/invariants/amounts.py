"""An amount recomputes from the policy its entry names, the person's facts and the course."""

from collections.abc import Iterator
from datetime import date

from chalicelib.rules import amount
from chalicelib.rules.settlement import Entry
from ops.check.breach import Breach
from ops.check.city import City

AMOUNT = "amount"


def breaches(city: City) -> Iterator[Breach]:
    """Entries whose figures are not what policy and facts give, or not the voucher's course."""
    for proposal in (kept.proposal for kept in city.proposals.values()):
        for entry in proposal.entries:
            where = f"proposal {proposal.id}, {entry.voucher_id}"
            for found in _faults(city, entry):
                yield Breach(AMOUNT, where, found)


def _faults(city: City, entry: Entry) -> Iterator[str]:
    kept, policy = city.vouchers.get(entry.voucher_id), city.policies.get(entry.policy)
    person = city.people.get(kept.voucher.person_id) if kept else None
    if kept is None or policy is None or person is None:
        yield "its voucher, policy or person does not exist"
        return
    terms = kept.voucher.terms
    judged = (terms.judged_on, terms.occupation, terms.level)
    if judged != (entry.judged_on, entry.occupation, entry.level):
        yield "computed with another day or course than the voucher's"
    day = date.fromisoformat(entry.judged_on)
    if policy.value("standard", day) is None:
        yield "its policy gives no money on that day"
        return
    right = amount.compute(policy.amounts(day), person, day, entry.occupation, entry.level)
    told = amount.Amount(
        entry.amount_fen, entry.standard_fen, entry.uplift_percent, entry.ratio_percent
    )
    if told != right:
        yield f"{told.amount_fen} fen, recomputed {right.amount_fen if right else 'nothing'}"

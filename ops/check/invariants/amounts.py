"""An amount recomputes, trace and all, from the policy and the inputs its entry kept."""

from collections.abc import Iterator
from datetime import date

from chalicelib.policy import Policy, decisions
from chalicelib.rules import plain, trace
from chalicelib.rules.amount import whole
from chalicelib.rules.settlement import Entry
from chalicelib.rules.situation import Situation
from ops.check.breach import Breach
from ops.check.city import City, KeptVoucher

AMOUNT = "amount"


def breaches(city: City) -> Iterator[Breach]:
    """Entries whose figures are not what policy and inputs give, or not the voucher's course."""
    for proposal in (kept.proposal for kept in city.proposals.values()):
        for entry in proposal.entries:
            where = f"proposal {proposal.id}, {entry.voucher_id}"
            kept, policy = city.vouchers.get(entry.voucher_id), city.policies.get(entry.policy)
            if kept is None or policy is None:
                yield Breach(AMOUNT, where, "its voucher or policy does not exist")
            elif entry.on:
                for found in _faults(entry, kept, policy, proposal.fund):
                    yield Breach(AMOUNT, where, found)


def _faults(entry: Entry, kept: KeptVoucher, policy: Policy, fund: str) -> Iterator[str]:
    situation = plain.typed(Situation, entry.inputs)
    terms = kept.voucher.terms
    course = (situation.course.occupation, situation.course.level, situation.fees.paid_by)
    if course != (terms.occupation, terms.level, terms.paid_by):
        yield "computed with another course or payer than the voucher's"
        return
    if entry.person_id not in ("", kept.voucher.person_id):
        yield "computed for another person than the voucher's"
    right = decisions.settle.decide(policy, situation, date.fromisoformat(entry.on))
    shares, owed = whole.shares(right), entry.owed(fund, terms.paid_by or "")
    right_fen = sum(share.amount_fen for share in shares)
    if (right_fen, shares) != (entry.amount_fen, owed):
        yield f"{entry.amount_fen} fen of {fund}, recomputed {right_fen} {right.code}"
    elif trace.digest(right.trace) != entry.why:
        yield "its trace recomputes to other bytes"

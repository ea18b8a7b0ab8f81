"""What opened a voucher recomputes, trace and all, from the policies and the inputs it kept."""

from collections.abc import Iterator

from chalicelib.policy import Policy, opening
from chalicelib.rules import calendar
from chalicelib.rules.decision import Outcome
from ops.check.breach import Breach
from ops.check.city import City, KeptVoucher

OPENING = "opening"


def breaches(city: City) -> Iterator[Breach]:
    """Vouchers that by their own inputs nobody should have, or for another reason than kept.

    Those from before inputs were kept have none.
    """
    for kept in city.vouchers.values():
        policy = city.policies.get(kept.voucher.policy)
        if policy is not None and kept.events:
            for found in _faults(kept, policy, city):
                yield Breach(OPENING, kept.where, found)


def _faults(kept: KeptVoucher, policy: Policy, city: City) -> Iterator[str]:
    born = kept.events[0]
    told = opening.judged_by(born)
    if told is None:
        return
    judged, why = told
    on, claimed = (
        calendar.civil_date(calendar.instant(born.at)),
        opening.claimed(born, kept.voucher.person_id),
    )
    others = {
        name: other
        for name, beginning in opening.asked(born).items()
        for hash_, other in city.policies.items()
        if other.programme == name and hash_.startswith(beginning)
    }
    right = opening.again(policy, others, judged, on, claimed=claimed)
    if right.outcome is not Outcome.YES:
        yield f"by its own inputs nobody should have it: {right.code}"
    elif opening.why(right) != why:
        yield "its reason recomputes to other bytes"

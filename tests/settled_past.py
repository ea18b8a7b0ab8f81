"""Vouchers of a made-up past, as many as one asks for, each with what Shanghai pays for it."""

from collections.abc import Iterator
from datetime import date, timedelta

from chalicelib import policy
from chalicelib.policy import Policy, decisions
from chalicelib.policy.place import read
from chalicelib.rules.situation import (
    Course,
    Event,
    Fees,
    PersonFacts,
    Result,
    Situation,
    Spell,
)
from ops.whatif.history import Settled
from tests.builders import POLICIES

PROGRAMMES = ("skill-certificate", "social-training")
_DISTRICTS = ("310101", "310104", "310112", "310115", "310118")
_GROUPS = ("employee", "registered-unemployed", "disabled", "veteran")
_OCCUPATIONS = ("电工", "养老护理员", "焊工")
_FIRST = date(2026, 3, 2)
_DAYS = 200


def policies() -> dict[str, Policy]:
    """The programmes that paid them."""
    documents = {name: read(POLICIES / name) for name in PROGRAMMES}
    return {name: Policy.of(policy.digest(each), each) for name, each in documents.items()}


def settled(count: int) -> Iterator[Settled]:
    """So many of them; two of each person."""
    paid_under = policies()
    for n in range(count):
        programme = PROGRAMMES[n % 2]
        on, district = _FIRST + timedelta(days=30 + n % _DAYS), _DISTRICTS[n % len(_DISTRICTS)]
        inputs = _situation(n, programme, district)
        decision = decisions.settle.decide(paid_under[programme], inputs, on, told=False)
        yield Settled(
            voucher_id=f"v-{n:026}",
            programme=programme,
            district=district,
            amount_fen=decision.amount_fen,
            policy=paid_under[programme].hash,
            on=on,
            person_id=f"p-{n // 2:026}",
            inputs=inputs,
        )


def _situation(n: int, programme: str, district: str) -> Situation:
    claimed_on = _FIRST + timedelta(days=n % _DAYS)
    days = {Event.ISSUE: claimed_on, Event.CLAIM: claimed_on}
    days[Event.CERTIFICATE] = claimed_on + timedelta(days=25)
    if programme == "social-training":
        days[Event.ENROLMENT] = claimed_on + timedelta(days=3)
    group = Spell(_GROUPS[n // 2 % len(_GROUPS)], date(2023, 5, 1))
    return Situation(
        person=PersonFacts(local=True, district=district, groups=(group,)),
        course=Course(occupation=_OCCUPATIONS[n % len(_OCCUPATIONS)], level=5 - n % 5),
        district=district,
        fees=Fees(paid_by="worker"),
        events=days,
        result=Result(passed=True, certificate_no=f"S00013100000126{n:07}"),
    )

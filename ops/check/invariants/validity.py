"""Time: nothing begins at or after `expires_at`, nothing expires before, enrolment has its lead."""

from collections.abc import Iterator

from chalicelib.policy import decisions
from chalicelib.rules import calendar
from chalicelib.rules.decision import Outcome
from chalicelib.rules.ids import ClassId
from chalicelib.rules.moves import Verb
from chalicelib.rules.situation import Situation
from ops.check.breach import Breach
from ops.check.city import City, KeptVoucher

VALIDITY = "validity"
LEAD = "enrolled-in-time"


def breaches(city: City) -> Iterator[Breach]:
    """Moves of a void voucher, vouchers expired too early, learners enrolled too late."""
    for kept in city.vouchers.values():
        yield from _validity(kept)
        yield from _terms(city, kept)
        yield from _lead(city, kept)


def _validity(kept: KeptVoucher) -> Iterator[Breach]:
    ends = calendar.instant(kept.voucher.expires_at)
    for event in kept.events:
        void = calendar.instant(event.at) >= ends
        if void and kept.voucher.in_validity_only(Verb(event.do)):
            yield Breach(VALIDITY, kept.where, f"{event.do} at {event.at}, when it was void")
        if not void and event.do == Verb.EXPIRE:
            yield Breach(VALIDITY, kept.where, f"expired at {event.at}, when it was valid")
    used, covered = kept.did(Verb.ENROL), kept.voucher.terms.expires_unfinished
    if used and kept.did(Verb.EXPIRE) and not covered:
        yield Breach(VALIDITY, kept.where, "expired though used, which its policy does not let")


def _terms(city: City, kept: KeptVoucher) -> Iterator[Breach]:
    """The end of its validity, and what it covers, recompute from the policy of its issue."""
    policy = city.policies.get(kept.voucher.policy)
    if policy is None or not kept.events:
        return
    issued_on = calendar.civil_date(calendar.instant(kept.events[0].at))
    ends = decisions.expire.void_on(policy, issued_on)
    if ends is None or calendar.text(calendar.midnight(ends)) != kept.voucher.expires_at:
        yield Breach(VALIDITY, kept.where, f"void from {kept.voucher.expires_at}, by policy {ends}")
    covers = decisions.expire.covers_unfinished(policy, issued_on)
    if covers is not bool(kept.voucher.terms.expires_unfinished):
        yield Breach(VALIDITY, kept.where, f"expires unfinished: policy says {covers}")


def _lead(city: City, kept: KeptVoucher) -> Iterator[Breach]:
    policy = city.policies.get(kept.voucher.policy)
    for event in kept.did(Verb.ENROL):
        into = city.classes.get(ClassId(event.set.get("class_id", "")))
        if into is None or policy is None:
            continue  # a class or policy that is missing is another invariant's breach
        today = calendar.civil_date(calendar.instant(event.at))
        situation = Situation(course=into.course, district=into.district, events=into.days)
        decision = decisions.enrol.decide_of_the_class(policy, situation, today)
        if decision.outcome is not Outcome.YES:
            found = f"enrolled on {today} in {into.id}: {decision.code} {dict(decision.facts)}"
            yield Breach(LEAD, kept.where, found)

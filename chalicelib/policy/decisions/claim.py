"""Claim (领取): whether a programme is open to a person on a day, and why (notice 二.(一))."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from chalicelib.policy.compiled import Policy
from chalicelib.rules.decision import AMOUNT, Decision, Outcome
from chalicelib.rules.eligibility import ELIGIBLE, OTHERS, counted_group, unmet
from chalicelib.rules.situation import Situation
from chalicelib.rules.teaching import OFFLINE
from chalicelib.rules.trace import Trace

from . import limit, settle
from .planned import planned

Policies = Mapping[str, Policy]


def decide(policy: Policy, situation: Situation, on: date, others: Policies) -> Decision:
    """Yes where the programme is open to the person on that day, and no limit is reached.

    Else what `open_to` or a limit says.
    """
    found = open_to(policy, situation, on, others)
    if found.outcome is Outcome.YES:
        found = _then(found, limit.another(policy, situation, on))
    if found.outcome is Outcome.YES:
        found = _then(found, course(policy, situation, on))
    return found


def open_to(policy: Policy, situation: Situation, on: date, others: Policies) -> Decision:
    """Whether the programme is for the person, however many vouchers he has had.

    Else `no_period`, `not_eligible`, `eligible_for_money` or `offline_only`. What is said of the
    course counts where the course is known; `others` are the programmes in force, for one that
    is only for whom they do not pay.
    """
    if policy.period(on) is None:
        return Decision(Outcome.NO, ELIGIBLE, "no_period", {"programme": policy.programme})
    return _for_others(policy, situation, on, others) or eligible(policy, situation, on)


def eligible(policy: Policy, situation: Situation, on: date) -> Decision:
    """Yes where a line means the person on that day; else `not_eligible` with what failed."""
    trace = Trace()
    ruling = policy.ruling("eligible", on)
    if ruling is not None:
        failed = [unmet(line.condition, situation, on) for line in ruling.value]
        met = None in failed
        group = counted_group(ruling.value, situation, on)
        trace.add(ruling, {"group": group, "unmet": [] if met else failed}, met)
        if met:
            return Decision(Outcome.YES, ELIGIBLE, trace=tuple(trace.steps))
    steps = tuple(trace.steps)
    return Decision(Outcome.NO, ELIGIBLE, "not_eligible", {"programme": policy.programme}, steps)


def _for_others(
    policy: Policy, situation: Situation, on: date, others: Policies
) -> Decision | None:
    """Whether none of the programmes it stands behind pays; None where it stands behind none."""
    ruling = policy.ruling("not_eligible_for", on)
    if ruling is None:
        return None
    trace = Trace()
    paying = [name for name in ruling.value if name in others and pays(others[name], situation, on)]
    trace.add(ruling, {"open": paying}, not paying)
    steps = tuple(trace.steps)
    if paying:
        return Decision(Outcome.NO, OTHERS, "eligible_for_money", {"programme": paying[0]}, steps)
    mode = situation.course.mode
    if mode not in (None, "offline"):
        return Decision(Outcome.NO, OFFLINE, "offline_only", {"mode": mode}, steps)
    return Decision(Outcome.YES, OTHERS, trace=steps)


def pays(policy: Policy, situation: Situation, on: date) -> bool:
    """Whether the programme pays for what the person wants, as far as that is known.

    How many vouchers he has had does not matter: he is one whom it pays.
    """
    meant = eligible(policy, situation, on).outcome is Outcome.YES
    return meant and course(policy, situation, on).outcome is Outcome.YES


def course(policy: Policy, situation: Situation, on: date) -> Decision:
    """Whether the programme pays this person for this course, where the course is known.

    Else `course_not_covered`, or what a limit on courses says.
    """
    if situation.course.occupation is None or situation.course.level is None:
        return Decision(Outcome.YES, AMOUNT)
    found = limit.course(policy, situation, on)
    if found.outcome is not Outcome.YES or "standard" not in policy.parameters:
        return found
    amount = settle.decide(policy, planned(situation, on), on)
    if amount.outcome is not Outcome.NO:
        return found
    return Decision(
        Outcome.NO, AMOUNT, "course_not_covered", {"programme": policy.programme}, amount.trace
    )


def _then(first: Decision, then: Decision) -> Decision:
    """The later decision, told with the steps of both; what both allow stays the first's."""
    steps = (*first.trace, *then.trace)
    if then.outcome is Outcome.YES:
        return replace(first, trace=steps)
    return replace(then, trace=steps)

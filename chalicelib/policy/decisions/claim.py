"""Claim (领取): whether a programme is open to a person on a day, and why (notice 二.(一))."""

from datetime import date

from chalicelib.policy.compiled import Policy
from chalicelib.rules.decision import Decision, Outcome
from chalicelib.rules.eligibility import ELIGIBLE, counted_group, unmet
from chalicelib.rules.situation import Situation
from chalicelib.rules.trace import Trace


def decide(policy: Policy, situation: Situation, on: date) -> Decision:
    """Yes where a line means the person on that day; else `not_eligible` with what failed.

    What a line says of the course is asked where the course is known.
    """
    facts = {"programme": policy.programme}
    ruling = policy.ruling("eligible", on)
    if ruling is None:
        return Decision(Outcome.NO, ELIGIBLE, "not_eligible", facts)
    trace = Trace()
    failed = [unmet(line.condition, situation, on) for line in ruling.value]
    met = None in failed
    group = counted_group(ruling.value, situation, on)
    trace.add(ruling, {"group": group, "unmet": [] if met else failed}, met)
    outcome = Outcome.YES if met else Outcome.NO
    return Decision(outcome, ELIGIBLE, "" if met else "not_eligible", facts, tuple(trace.steps))

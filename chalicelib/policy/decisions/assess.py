"""Assess (考核鉴定): whether a result brought on a day comes in time (notice 三.(四))."""

from datetime import date

from chalicelib.errors import Rule
from chalicelib.policy.compiled import Policy
from chalicelib.rules import workdays
from chalicelib.rules.decision import Decision, Outcome
from chalicelib.rules.situation import Event, Situation
from chalicelib.rules.trace import Trace

RESULTS = Rule("results-after-exam", "三.(四)")


def decide(policy: Policy, situation: Situation, on: date) -> Decision:
    """Yes until the last day after the assessment on which results may come, inclusive.

    Its facts say which day that is, and whether its year's holidays were announced.
    """
    ruling = policy.ruling("results_after_exam", on)
    if ruling is None:
        return Decision(Outcome.YES, RESULTS)
    assessed_on = situation.day_of(Event.CERTIFICATE)
    last = workdays.last_day_after(assessed_on, ruling.value, policy.announced(on))
    facts = {"last_day": last.on.isoformat(), "announced": last.known}
    trace, in_time = Trace(), on <= last.on
    trace.add(ruling, {"assessed_on": assessed_on.isoformat(), **facts}, in_time)
    outcome, code = (Outcome.YES, "") if in_time else (Outcome.NO, "results_too_late")
    return Decision(outcome, RESULTS, code, facts, tuple(trace.steps))

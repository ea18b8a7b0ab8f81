"""Enrol (录取, 学员注册): whether a learner may be registered in a class on a day (三.(二))."""

from datetime import date

from chalicelib.errors import Refused, Rule
from chalicelib.policy.compiled import Policy
from chalicelib.rules import workdays
from chalicelib.rules.decision import Decision
from chalicelib.rules.lesson import Mode
from chalicelib.rules.moves import Shape
from chalicelib.rules.situation import Event, Situation, needed
from chalicelib.rules.teaching import OFFLINE
from chalicelib.rules.trace import Trace

from . import course
from .file import check_lead, decided

ROSTER = Rule("roster-before-exam", "三.(二)")


def decide(policy: Policy, situation: Situation, on: date) -> Decision:
    """Yes, or the first rule that says no; MissingInput where a rule's fact is absent."""
    return decided(policy, situation, on, (_offline, _lead, _roster, course.meant))


def decide_of_the_class(policy: Policy, situation: Situation, on: date) -> Decision:
    """The same whoever the learner is: what the class and the day alone allow."""
    return decided(policy, situation, on, (_offline, _lead, _roster))


def _lead(policy: Policy, situation: Situation, on: date, trace: Trace) -> Refused | None:
    return check_lead(policy, situation, on, trace, "enrolled_too_late")


def _offline(policy: Policy, situation: Situation, on: date, trace: Trace) -> Refused | None:
    """A check-in voucher is only for signing in at offline training (二.(一))."""
    if policy.shape is not Shape.CHECK_IN:
        return None
    mode = needed(situation.course.mode, "course.mode")
    return None if mode == Mode.OFFLINE else Refused("offline_only", OFFLINE, facts={"mode": mode})


def _roster(policy: Policy, situation: Situation, on: date, trace: Trace) -> Refused | None:
    ruling = policy.ruling("roster_before_exam", on)
    exam_on = situation.events.get(Event.EXAM)
    if ruling is None or exam_on is None:
        return None
    last = workdays.last_day_before(exam_on, ruling.value, policy.announced(on))
    exam, last_day = exam_on.isoformat(), last.on.isoformat()
    told = {"exam_on": exam, "last_day": last_day, "announced": last.known}
    trace.add(ruling, told, on <= last.on)
    if on <= last.on:
        return None
    days, unit = ruling.value.count, ruling.value.unit.value
    return Refused(
        "roster_closed",
        ROSTER,
        facts={"days": days, "unit": unit, "exam_on": exam, "last_day": last_day},
    )

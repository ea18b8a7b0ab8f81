"""Check in (打卡签到): what a learner's tap before a lesson amounts to (notice 三.(三))."""

from datetime import date
from typing import Any

from chalicelib.errors import Refused
from chalicelib.policy.compiled import Policy
from chalicelib.rules import attendance, calendar, fence
from chalicelib.rules.attendance import CHECK_IN, Window
from chalicelib.rules.decision import Decision, Outcome
from chalicelib.rules.fence import Measured, Place
from chalicelib.rules.lesson import Lesson, Mode
from chalicelib.rules.situation import Situation, needed
from chalicelib.rules.teaching_facts import Tap
from chalicelib.rules.trace import Trace


def decide(policy: Policy, situation: Situation, on: date) -> Decision:
    """Yes with the tap's outcome as its code: it is kept; or no, and nothing is kept of it."""
    tap = needed(situation.tap, "tap")
    trace = Trace()
    try:
        timing = _timing(policy, tap, on, trace)
        attendance.check_room(tap.attempts, policy.value("check_in_attempts", on))
    except Refused as refused:
        steps = tuple(trace.steps)
        return Decision(Outcome.NO, refused.rule, refused.code, refused.facts, steps)
    outcome = attendance.judge(_place(policy, tap, on, trace), timing)
    return Decision(Outcome.YES, CHECK_IN, outcome.value, trace=tuple(trace.steps))


def _timing(policy: Policy, tap: Tap, on: date, trace: Trace) -> attendance.Outcome:
    window = Window(policy.value("check_in_opens_before", on), policy.value("late_grace", on) or 0)
    timing = attendance.timing(_lesson(tap), calendar.instant(tap.received_at), window)
    told = {"received_at": tap.received_at, "starts_at": tap.starts_at}
    _add(trace, policy, "check_in_opens_before", on, told, timing.value)
    return timing


def _place(policy: Policy, tap: Tap, on: date, trace: Trace) -> Place:
    measured = Measured(tap.away_m, tap.misread_m)
    place = fence.place(measured, tap.accuracy_m, tap.radius_m, policy.fence(on))
    told = {"away_m": round(tap.away_m), "accuracy_m": round(tap.accuracy_m)}
    _add(trace, policy, "site_radius", on, told, place.value)
    return place


def _add(
    trace: Trace, policy: Policy, name: str, on: date, told: dict[str, Any], result: str
) -> None:
    if ruling := policy.ruling(name, on):
        trace.add(ruling, told, result)


def _lesson(tap: Tap) -> Lesson:
    begins, ends = calendar.instant(tap.starts_at), calendar.instant(tap.ends_at)
    return Lesson(tap.lesson_no, begins, ends, Mode(tap.mode))

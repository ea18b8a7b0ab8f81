"""File (开班反馈): whether a class may be filed on a day as it is planned (notice 三.(二))."""

from collections.abc import Callable, Sequence
from datetime import date

from chalicelib.errors import Refused, Rule
from chalicelib.policy.compiled import Policy
from chalicelib.rules import licence, workdays
from chalicelib.rules.decision import Decision, Outcome
from chalicelib.rules.situation import Event, Situation, needed
from chalicelib.rules.teaching import FILING, USUAL
from chalicelib.rules.trace import Trace

SHAPE = Rule("class-shape", "三.(二)")
LICENCE = Rule("licence-scope", "三.(二)")
_PERCENT = 100

Check = Callable[[Policy, Situation, date, Trace], Refused | None]
"""Why one rule says no, or None; it adds its step to the trace."""


def decide(policy: Policy, situation: Situation, on: date) -> Decision:
    """Yes, or the first rule that says no; MissingInput where a rule's fact is absent."""
    return decided(policy, situation, on, _CHECKS)


def decided(policy: Policy, situation: Situation, on: date, checks: Sequence[Check]) -> Decision:
    """The decision of these checks, taken in their order until one says no."""
    trace = Trace()
    refusals = (check(policy, situation, on, trace) for check in checks)
    if refused := next(filter(None, refusals), None):
        steps = tuple(trace.steps)
        return Decision(Outcome.NO, refused.rule, refused.code, refused.facts, steps)
    return Decision(Outcome.YES, FILING, trace=tuple(trace.steps))


def check_lead(
    policy: Policy, situation: Situation, on: date, trace: Trace, code: str
) -> Refused | None:
    """Why the day is too late before the class starts, or None; learners' registration too."""
    ruling = policy.ruling("filing_lead", on)
    if ruling is None:
        return None
    starts_on = situation.day_of(Event.CLASS_START)
    last = workdays.last_day_before(starts_on, ruling.value, policy.announced(on))
    facts = {
        "lead_days": ruling.value.count,
        "unit": ruling.value.unit.value,
        "starts_on": starts_on.isoformat(),
        "last_day": last.on.isoformat(),
    }
    trace.add(ruling, {**facts, "announced": last.known}, on <= last.on)
    return None if on <= last.on else Refused(code, FILING, facts=facts)


def _lead(policy: Policy, situation: Situation, on: date, trace: Trace) -> Refused | None:
    return check_lead(policy, situation, on, trace, "filed_too_late")


def _capacity(policy: Policy, situation: Situation, on: date, trace: Trace) -> Refused | None:
    ruling = policy.ruling("class_capacity", on)
    if ruling is None:
        return None
    seats = needed(situation.plan.capacity, "plan.capacity")
    fits = 1 <= seats <= ruling.value
    trace.add(ruling, {"capacity": seats}, fits)
    return None if fits else Refused("class_capacity", SHAPE, facts={"largest": ruling.value})


def _kind(policy: Policy, situation: Situation, on: date, trace: Trace) -> Refused | None:
    ruling = policy.ruling("class_kinds", on)
    kind = situation.course.kind
    if ruling is None:
        return None if kind is None else Refused("class_kind", SHAPE, facts={"known": "—"})
    fits = (kind or USUAL) in ruling.value
    trace.add(ruling, {"kind": kind}, fits)
    return (
        None
        if fits
        else Refused("class_kind", SHAPE, facts={"known": ", ".join(sorted(ruling.value))})
    )


def _hours(policy: Policy, situation: Situation, on: date, trace: Trace) -> Refused | None:
    ruling, lesson = policy.ruling("least_hours", on), policy.ruling("lesson_minutes", on)
    least = ruling.value.get(situation.level) if ruling else None
    if ruling is None or lesson is None or least is None:
        return None
    minutes = sum(situation.plan.minutes.values())
    enough = minutes >= least * lesson.value
    hours = minutes // lesson.value
    trace.add(lesson, {"minutes": minutes}, hours)
    trace.add(ruling, {"level": situation.level, "hours": hours}, enough)
    return (
        None if enough else Refused("too_few_hours", SHAPE, facts={"hours": hours, "least": least})
    )


def _practice(policy: Policy, situation: Situation, on: date, trace: Trace) -> Refused | None:
    ruling = policy.ruling("practice_share", on)
    if ruling is None:
        return None
    minutes, practice = situation.plan.minutes, situation.plan.minutes.get("practice", 0)
    total = sum(minutes.values())
    enough = practice * _PERCENT >= ruling.value * total
    trace.add(ruling, {"practice_minutes": practice, "minutes": total}, enough)
    return None if enough else Refused("too_little_practice", SHAPE, facts={"least": ruling.value})


def _licence(policy: Policy, situation: Situation, on: date, trace: Trace) -> Refused | None:
    ruling = policy.ruling("licence_needed", on)
    if ruling is None or not ruling.value:
        return None
    occupation, level = situation.occupation, situation.level
    covered = licence.covers(situation.plan.licence, occupation, level)
    trace.add(ruling, {"occupation": occupation, "level": level}, covered)
    return None if covered else Refused("outside_licence", LICENCE, facts={"level": level})


_CHECKS: tuple[Check, ...] = (_lead, _capacity, _kind, _hours, _practice, _licence)

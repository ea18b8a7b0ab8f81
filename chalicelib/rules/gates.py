"""Gates to payment (拨付条件): recorded facts with their dates that must be there first.

An absent fact means waiting, with the gate's name as the reason; a fact that says no closes the
gate for good.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from . import calendar, workdays
from .decision import Outcome
from .situation import Event, Lessons, Situation
from .trace import Ruling

_PERCENT = 100
Passed = tuple[Outcome, dict[str, Any]]


@dataclass(frozen=True)
class LeastAttendance:
    """The share of lessons that must be attended, over the class or in every month.

    So many times late count as one absence; 0: late counts as there.
    """

    percent: int
    late_per_absence: int
    by: str  # "class" or "month"


@dataclass(frozen=True)
class Employment:
    """Months after an event within which, or for which, the person must be employed."""

    months: int
    after: Event


@dataclass(frozen=True)
class Notice:
    """How long a public notice must have stood, and the holidays to count with."""

    span: workdays.Span
    holidays: workdays.Holidays


def result(ruling: Ruling[Any], situation: Situation, on: date) -> Passed:
    """The assessment is passed."""
    passed = situation.result.passed
    return _known(passed, bool(passed)), {"passed": passed}


def certificate(ruling: Ruling[Any], situation: Situation, on: date) -> Passed:
    """A certificate is recorded."""
    number = situation.result.certificate_no
    return _known(number, True), {"certificate": number is not None}


def attendance(ruling: Ruling[Any], situation: Situation, on: date) -> Passed:
    """Enough of the lessons so far were attended; before the class ends, too few may still do."""
    rule: LeastAttendance = ruling.value
    if not situation.attendance:
        return Outcome.WAITING, {}
    spans = situation.attendance if rule.by == "month" else (_together(situation.attendance),)
    shares = [(_attended(span, rule), span.lessons) for span in spans]
    told = {"percent": rule.percent, "attended": [list(share) for share in shares]}
    if all(attended * _PERCENT >= rule.percent * lessons for attended, lessons in shares):
        return Outcome.YES, told
    ended = situation.events.get(Event.CLASS_END)
    return (Outcome.NO if ended is not None and ended <= on else Outcome.WAITING), told


def _attended(span: Lessons, rule: LeastAttendance) -> int:
    absences = span.late // rule.late_per_absence if rule.late_per_absence else 0
    return span.good + span.late - absences


def _together(months: tuple[Lessons, ...]) -> Lessons:
    return Lessons(
        "",
        sum(month.lessons for month in months),
        sum(month.good for month in months),
        sum(month.late for month in months),
    )


def rating(ruling: Ruling[Any], situation: Situation, on: date) -> Passed:
    """The learner rated the course (培训评价)."""
    rated_on = situation.events.get(Event.RATING)
    given = rated_on is not None and rated_on <= on
    return (Outcome.YES if given else Outcome.WAITING), {}


def employed_within(ruling: Ruling[Any], situation: Situation, on: date) -> Passed:
    """An employment began, or went on, within so many months after the event."""
    rule: Employment = ruling.value
    begins, ends = _window(rule, situation)
    if _jobs(situation, begins, ends):
        return Outcome.YES, {"until": ends.isoformat()}
    outcome = Outcome.WAITING if on <= ends else Outcome.NO
    return outcome, {"until": ends.isoformat()}


def employed_for(ruling: Ruling[Any], situation: Situation, on: date) -> Passed:
    """One employment after the event has lasted at least so many months."""
    rule: Employment = ruling.value
    begins = situation.day_of(rule.after)
    jobs = [
        (max(job.since, begins), min(job.until or on, on))
        for job in situation.person.employed
        if (job.until is None or job.until >= begins) and job.since <= on
    ]
    longest = max((calendar.months_within(since, until) for since, until in jobs), default=0)
    told = {"months": longest, "needed": rule.months}
    return (Outcome.YES if longest >= rule.months else Outcome.WAITING), told


def _window(rule: Employment, situation: Situation) -> tuple[date, date]:
    begins = situation.day_of(rule.after)
    return begins, calendar.months_after(begins, rule.months)


def _jobs(situation: Situation, begins: date, ends: date) -> bool:
    return any(
        job.since <= ends and (job.until is None or job.until >= begins)
        for job in situation.person.employed
    )


def claim_deadline(ruling: Ruling[Any], situation: Situation, on: date) -> Passed:
    """Claimed within so many months after the certificate."""
    last = calendar.months_after(situation.day_of(Event.CERTIFICATE), ruling.value)
    claimed_on = situation.events.get(Event.CLAIM)
    if claimed_on is None:
        return (Outcome.WAITING if on <= last else Outcome.NO), {"until": last.isoformat()}
    return (Outcome.YES if claimed_on <= last else Outcome.NO), {"until": last.isoformat()}


def public_notice(ruling: Ruling[Any], situation: Situation, on: date) -> Passed:
    """A public notice (公示) has stood for so many full days after the one it began on."""
    rule: Notice = ruling.value
    begun = situation.events.get(Event.NOTICE)
    if begun is None:
        return Outcome.WAITING, {}
    last = workdays.last_day_after(begun, rule.span, rule.holidays)
    told = {"until": last.on.isoformat(), "announced": last.known}
    return (Outcome.YES if on > last.on else Outcome.WAITING), told


def _known(fact: object, good: bool) -> Outcome:
    if fact is None:
        return Outcome.WAITING
    return Outcome.YES if good else Outcome.NO


Gate = Callable[[Ruling[Any], Situation, date], Passed]

GATES: Mapping[str, Gate] = {
    "result_needed": result,
    "certificate_needed": certificate,
    "least_attendance": attendance,
    "rating_needed": rating,
    "employed_within": employed_within,
    "employed_for": employed_for,
    "claim_deadline": claim_deadline,
    "public_notice": public_notice,
}
"""Every gate by the parameter that asks for it."""

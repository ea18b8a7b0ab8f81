"""Gates to payment: waiting for what nobody recorded, closed by what says no, open by the day."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.rules import calendar
from chalicelib.rules.decision import Outcome
from chalicelib.rules.gates import GATES, Employment, LeastAttendance, Notice
from chalicelib.rules.situation import (
    Event,
    Lessons,
    PersonFacts,
    Result,
    Situation,
    Spell,
)
from chalicelib.rules.trace import Ruling
from chalicelib.rules.workdays import DayUnit, Holidays, Span

DAY = date(2026, 6, 1)
CERTIFIED = Situation(events={Event.CERTIFICATE: date(2026, 1, 31)})
HOLIDAYS = Holidays.of({"2026": {"off": ["2026-06-19"], "worked": []}})


def gate(name: str, value: Any, situation: Situation, on: date = DAY) -> Outcome:
    ruling: Ruling[Any] = Ruling(name, value, "2026-01-01", "a test", on)
    return GATES[name](ruling, situation, on)[0]


def employed(since: date, until: date | None = None) -> Situation:
    return replace(CERTIFIED, person=PersonFacts(employed=(Spell("somewhere", since, until),)))


def attended(*months: Lessons, ended: date | None = date(2026, 5, 1)) -> Situation:
    events = {Event.CLASS_END: ended} if ended else {}
    return Situation(attendance=months, events=events)


@pytest.mark.parametrize(
    ("passed", "outcome"), [(None, Outcome.WAITING), (True, Outcome.YES), (False, Outcome.NO)]
)
def test_a_result_is_waited_for(passed: bool | None, outcome: Outcome) -> None:
    assert gate("result_needed", True, Situation(result=Result(passed=passed))) is outcome


def test_a_certificate_is_waited_for() -> None:
    assert gate("certificate_needed", True, Situation()) is Outcome.WAITING
    certified = Situation(result=Result(certificate_no="S1"))
    assert gate("certificate_needed", True, certified) is Outcome.YES


@pytest.mark.parametrize(
    ("good", "late", "per_absence", "outcome"),
    [
        (8, 0, 0, Outcome.YES),
        (7, 0, 0, Outcome.NO),
        (7, 1, 0, Outcome.YES),
        (6, 3, 3, Outcome.YES),
        (5, 3, 3, Outcome.NO),
        (5, 4, 2, Outcome.NO),
    ],
)
def test_lateness_turns_into_absence(
    good: int, late: int, per_absence: int, outcome: Outcome
) -> None:
    rule = LeastAttendance(80, per_absence, "class")
    found = gate("least_attendance", rule, attended(Lessons("2026-04", 10, good, late)))
    assert found is outcome


def test_each_month_must_hold_where_attendance_is_by_month() -> None:
    months = Lessons("2026-03", 10, 10), Lessons("2026-04", 10, 7)
    assert gate("least_attendance", LeastAttendance(80, 0, "class"), attended(*months)) is (
        Outcome.YES
    )
    assert gate("least_attendance", LeastAttendance(80, 0, "month"), attended(*months)) is (
        Outcome.NO
    )


def test_too_little_attendance_is_final_only_once_the_class_is_over() -> None:
    rule, months = LeastAttendance(80, 0, "class"), Lessons("2026-04", 10, 1)
    assert gate("least_attendance", rule, attended(months, ended=None)) is Outcome.WAITING
    assert gate("least_attendance", rule, attended(months, ended=date(2026, 6, 2))) is (
        Outcome.WAITING
    )
    assert gate("least_attendance", rule, attended(months, ended=DAY)) is Outcome.NO
    assert gate("least_attendance", rule, Situation()) is Outcome.WAITING


def test_a_rating_counts_from_its_day() -> None:
    rated = Situation(events={Event.RATING: DAY})
    assert gate("rating_needed", True, rated, date(2026, 5, 31)) is Outcome.WAITING
    assert gate("rating_needed", True, rated) is Outcome.YES


@pytest.mark.parametrize(
    ("since", "outcome"),
    [
        (date(2026, 7, 30), Outcome.YES),
        (date(2026, 7, 31), Outcome.YES),
        (date(2026, 8, 1), Outcome.NO),
    ],
)
def test_employment_begins_within_the_months(since: date, outcome: Outcome) -> None:
    rule = Employment(6, Event.CERTIFICATE)
    assert gate("employed_within", rule, employed(since), date(2026, 9, 1)) is outcome


def test_employment_is_waited_for_to_the_last_day() -> None:
    rule = Employment(6, Event.CERTIFICATE)
    assert gate("employed_within", rule, CERTIFIED, date(2026, 7, 31)) is Outcome.WAITING
    assert gate("employed_within", rule, CERTIFIED, date(2026, 8, 1)) is Outcome.NO


def test_who_left_before_the_event_is_not_employed_within_the_months() -> None:
    left = employed(date(2025, 1, 1), date(2026, 1, 30))
    assert gate("employed_within", Employment(6, Event.CERTIFICATE), left) is Outcome.WAITING
    stayed = employed(date(2025, 1, 1), date(2026, 1, 31))
    assert gate("employed_within", Employment(6, Event.CERTIFICATE), stayed) is Outcome.YES


@pytest.mark.parametrize(
    ("on", "outcome"),
    [
        (date(2026, 8, 30), Outcome.WAITING),
        (date(2026, 8, 31), Outcome.YES),
        (date(2026, 9, 1), Outcome.YES),
    ],
)
def test_employment_must_last_whole_months(on: date, outcome: Outcome) -> None:
    stable = employed(date(2026, 3, 1))
    assert gate("employed_for", Employment(6, Event.CERTIFICATE), stable, on) is outcome


def test_two_short_employments_are_not_one_that_lasted() -> None:
    jobs = (
        Spell("one", date(2026, 2, 1), date(2026, 4, 30)),
        Spell("another", date(2026, 5, 1), date(2026, 8, 31)),
    )
    hopping = replace(CERTIFIED, person=PersonFacts(employed=jobs))
    rule = Employment(6, Event.CERTIFICATE)
    assert gate("employed_for", rule, hopping, date(2026, 12, 1)) is Outcome.WAITING


@pytest.mark.parametrize(
    ("claimed", "outcome"),
    [
        (date(2026, 2, 27), Outcome.YES),
        (date(2026, 2, 28), Outcome.YES),
        (date(2026, 3, 1), Outcome.NO),
    ],
)
def test_a_claim_keeps_its_deadline_after_the_certificate(claimed: date, outcome: Outcome) -> None:
    situation = Situation(events={Event.CERTIFICATE: date(2026, 1, 31), Event.CLAIM: claimed})
    assert gate("claim_deadline", 1, situation) is outcome
    assert calendar.months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)


def test_a_claim_not_made_is_waited_for_to_the_deadline() -> None:
    assert gate("claim_deadline", 1, CERTIFIED, date(2026, 2, 28)) is Outcome.WAITING
    assert gate("claim_deadline", 1, CERTIFIED, date(2026, 3, 1)) is Outcome.NO


@pytest.mark.parametrize(
    ("on", "outcome"),
    [
        (date(2026, 6, 22), Outcome.WAITING),
        (date(2026, 6, 23), Outcome.WAITING),
        (date(2026, 6, 24), Outcome.YES),
    ],
)
def test_a_public_notice_stands_for_full_working_days(on: date, outcome: Outcome) -> None:
    # Begun on a Tuesday; the Friday is a holiday: Wed, Thu, Mon, Tue are its four days.
    noticed = Situation(events={Event.NOTICE: date(2026, 6, 16)})
    rule = Notice(Span(4, DayUnit.WORKING), HOLIDAYS)
    assert gate("public_notice", rule, noticed, on) is outcome
    assert gate("public_notice", rule, Situation(), on) is Outcome.WAITING

"""Working days: swapped days, years that were not announced, and deadlines before and after."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules.workdays import (
    DayUnit,
    Deadline,
    Holidays,
    Span,
    last_day_after,
    last_day_before,
)

# Part of what was announced for 2026: May's holidays and the Saturday worked for them.
MAY = Holidays.of(
    {
        "2026": {
            "off": [f"2026-05-0{day}" for day in range(1, 6)],
            "worked": ["2026-05-09"],
        }
    }
)
THREE = Span(3, DayUnit.WORKING)


@pytest.mark.parametrize(
    ("starts_on", "last_day"),
    [
        (date(2026, 5, 7), date(2026, 4, 29)),  # the 6th, the 30th, the 29th
        (date(2026, 5, 11), date(2026, 5, 7)),  # Monday: Saturday the 9th is worked
        (date(2026, 5, 18), date(2026, 5, 13)),  # Monday after an ordinary week
    ],
)
def test_three_working_days_before_a_class_step_over_holidays(
    starts_on: date, last_day: date
) -> None:
    assert last_day_before(starts_on, THREE, MAY) == Deadline(last_day, known=True)


def test_after_an_exam_the_day_itself_is_not_counted() -> None:
    assert last_day_after(date(2026, 4, 30), THREE, MAY).on == date(2026, 5, 8)


def test_calendar_days_know_no_holidays_and_are_always_known() -> None:
    span = Span(3, DayUnit.CALENDAR)
    assert last_day_before(date(2026, 5, 7), span, Holidays.of({})) == Deadline(
        date(2026, 5, 4), known=True
    )


def test_a_year_that_was_not_announced_counts_weekdays_and_says_so() -> None:
    assert last_day_after(date(2027, 4, 30), THREE, MAY) == Deadline(date(2027, 5, 5), known=False)
    assert not last_day_before(date(2027, 1, 4), THREE, MAY).known
    assert last_day_before(date(2027, 1, 1), THREE, MAY).known


@given(
    day=st.dates(date(2025, 11, 1), date(2027, 2, 1)),
    count=st.integers(0, 30),
)
def test_a_later_day_never_has_an_earlier_deadline_and_both_ways_meet(
    day: date, count: int
) -> None:
    span = Span(count, DayUnit.WORKING)
    tomorrow = day + timedelta(days=1)
    assert last_day_after(day, span, MAY).on <= last_day_after(tomorrow, span, MAY).on
    assert last_day_before(day, span, MAY).on <= last_day_before(tomorrow, span, MAY).on
    if MAY.works(day):
        there = last_day_after(day, span, MAY).on
        assert last_day_before(there, span, MAY).on == day

"""The doctor's look at the holidays: which years must be known on which day, and what to do."""

from datetime import date

import pytest

from chalicelib.policy.place import read_place
from ops.doctor.finding import State
from ops.doctor.holidays import announced
from tests.builders import POLICIES

SHANGHAI = tuple(read_place(POLICIES).values())


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 1, 1), State.OK),
        (date(2026, 10, 31), State.OK),
        (date(2026, 11, 1), State.WARNING),
        (date(2027, 2, 1), State.WARNING),
        # The notice of 2026 came on 4 November 2025; the days before it were warned of.
        (date(2025, 11, 3), State.WARNING),
        (date(2025, 11, 4), State.OK),
    ],
)
def test_next_years_holidays_are_missed_from_november_on(today: date, state: State) -> None:
    assert announced(SHANGHAI, today).state is state


def test_the_warning_says_which_year_and_what_to_do() -> None:
    found = announced(SHANGHAI, date(2026, 11, 1))
    assert "of 2027 are not known" in found.found
    assert "holidays.toml" in found.mend


def test_whoever_counts_no_working_days_misses_nothing() -> None:
    card = [each for each in SHANGHAI if each["programme"] == "check-in"]
    assert announced(card, date(2030, 1, 1)).state is State.OK

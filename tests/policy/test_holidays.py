"""Shanghai's holidays against a library that others keep: every day of the announced years."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from chalicelib.policy.check import faults
from chalicelib.policy.place import read
from tests.builders import POLICIES, a_policy

A_DAY = timedelta(days=1)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_of_an_announced_year_is_what_the_library_says(year: int) -> None:
    holidays = a_policy().announced(date(2025, 11, 4))
    days = [date(year, 1, 1) + n * A_DAY for n in range(366)]
    of_the_year = [day for day in days if day.year == year]
    assert year in holidays.years
    assert [day for day in of_the_year if holidays.works(day)] == [
        day for day in of_the_year if chinese_calendar.is_workday(day)
    ]


@pytest.mark.parametrize("value", [[[]], 1.5, "2026"])
def test_holidays_that_are_no_table_are_refused_with_the_mend(value: object) -> None:
    document = read(POLICIES / "social-training")
    days = document["parameters"]["holidays"]
    spoilt = {**days, "values": [{**days["values"][0], "value": value}]}
    parameters = {**document["parameters"], "holidays": spoilt}
    (fault,) = faults({**document, "parameters": parameters})
    assert fault.startswith("holidays: the value from ")
    assert fault.endswith("needs a table of years")


def test_a_year_is_known_from_the_day_it_was_announced() -> None:
    policy = a_policy()
    assert 2026 not in policy.announced(date(2025, 11, 3)).years
    assert {2024, 2025, 2026} <= policy.announced(date(2025, 11, 4)).years

"""Working days (工作日): weekdays, and what the State Council swaps them for; deadlines in them.

Exact in the years that were announced; in any other a weekday counts as a working day, and the
answer says that it was not known. Which years were announced is policy data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

_SATURDAY = 5
_A_DAY = timedelta(days=1)


class DayUnit(StrEnum):
    """In which days a deadline is counted."""

    CALENDAR = "calendar-day"
    WORKING = "working-day"


@dataclass(frozen=True)
class Span:
    """So many days of one unit."""

    count: int
    unit: DayUnit


@dataclass(frozen=True)
class Deadline:
    """The last day of something; `known` is False where a year's holidays were not announced."""

    on: date
    known: bool


@dataclass(frozen=True)
class Holidays:
    """The announced years: which days are off, and which days of a weekend are worked."""

    years: frozenset[int]
    off: frozenset[date]
    worked: frozenset[date]

    @classmethod
    def of(cls, announced: Mapping[str, Mapping[str, Any]]) -> "Holidays":
        """The policy's `{"2026": {"off": [days], "worked": [days]}}`."""
        return cls(
            years=frozenset(int(year) for year in announced),
            off=_days(announced, "off"),
            worked=_days(announced, "worked"),
        )

    def works(self, day: date) -> bool:
        """Whether the day is a working day, as far as it is known."""
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.off)


def last_day_before(day: date, span: Span, holidays: Holidays) -> Deadline:
    """The last day that lies so many days before `day`, which itself is not counted."""
    return _away(day, span, holidays, -_A_DAY)


def last_day_after(day: date, span: Span, holidays: Holidays) -> Deadline:
    """The last day that lies so many days after `day`, which itself is not counted."""
    return _away(day, span, holidays, _A_DAY)


def _away(day: date, span: Span, holidays: Holidays, step: timedelta) -> Deadline:
    if span.unit is DayUnit.CALENDAR:
        return Deadline(day + span.count * step, known=True)
    left, known = span.count, True
    while left > 0:
        day += step
        left -= holidays.works(day)
        known = known and day.year in holidays.years
    return Deadline(day, known)


def _days(years: Mapping[str, Mapping[str, Any]], which: str) -> frozenset[date]:
    return frozenset(
        date.fromisoformat(day) for announced in years.values() for day in announced[which]
    )

"""The story's calendar: the moments at which something happens, and the lessons between them.

All in Shanghai's civil time, which has no summer time.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))


def _at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


MOMENTS = {
    "S0": _at(3, 2, 9),
    "S1": _at(3, 8, 10),
    "S2": _at(3, 9, 8, 20),
    "S3": _at(3, 9, 9, 45),
    "S4": _at(3, 10, 8, 20),
    "S5": _at(3, 10, 9, 45),
    "S6": _at(3, 11, 8, 20),
    "S7": _at(3, 11, 9, 45),
    "S8": _at(3, 20, 10),
    # Two hours past the hour of S8, so that whatever was paid on that morning is a week old.
    "S9": _at(3, 27, 12),
    # A week before the vouchers that nobody used expire with the year.
    "S10": _at(12, 25, 9),
    "S11": _at(1, 1, 0, 30, year=2027),
}
CLAIM_DAY = MOMENTS["S0"].date()
LESSON_DAYS = (date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 11))
LATE_CLASS_DAYS = (date(2026, 3, 4), date(2026, 3, 5), date(2026, 3, 6))
FIRST_LESSONS = (time(8, 50), time(9, 0), time(9, 10))
LESSON_LENGTH = timedelta(minutes=90)


@dataclass(frozen=True)
class Lesson:
    """One lesson of a class; lessons of a class are numbered from 1."""

    number: int
    starts_at: datetime
    ends_at: datetime


def timetable(days: tuple[date, ...], first_lesson: time) -> tuple[Lesson, ...]:
    """Return two lessons a day, the second starting when the first ends."""
    lessons: list[Lesson] = []
    for day in days:
        start = datetime.combine(day, first_lesson, tzinfo=SHANGHAI)
        for starts_at in (start, start + LESSON_LENGTH):
            lessons.append(Lesson(len(lessons) + 1, starts_at, starts_at + LESSON_LENGTH))
    return tuple(lessons)


def sign_in_moment(lesson_number: int, *, late: bool) -> str:
    """Return the moment at which a lesson is signed in to.

    The first lesson of a day may be signed in to late, at the moment meant for the second;
    ValueError for a late second lesson: the story has no moment for it.
    """
    day, is_second = divmod(lesson_number - 1, 2)
    if late and is_second:
        raise ValueError("no moment is late for a second lesson")
    return f"S{2 + 2 * day + (1 if is_second or late else 0)}"

"""Signing in before a lesson (培训打卡签到, notice 三.(三)): the window, the record, its outcome.

A record belongs to one lesson and one learner and keeps its attempts; one attempt inside the
site and in time makes it good. Anything else is kept with its outcome for the district.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.errors import Conflict, Refused, Rule

from . import calendar
from .geofence import Place
from .ids import ClassId, VoucherId

CHECK_IN = Rule("check-in-window", "三.(三)")


class Outcome(StrEnum):
    """What an attempt, and in the end the record, amounts to."""

    GOOD = "good"
    LATE = "late"
    OUTSIDE = "outside"
    WRONG_DATUM = "wrong_datum"
    POOR_ACCURACY = "poor_accuracy"


@dataclass(frozen=True)
class Lesson:
    """One lesson of a class's timetable."""

    no: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Attempt:
    """One tap: when it was received, what the device said, what it amounts to."""

    received_at: str
    device_time: str
    longitude: str
    latitude: str
    datum: str
    accuracy_m: str
    distance_m: int
    outcome: Outcome
    key: str
    body: str
    channel: str = ""


@dataclass(frozen=True)
class Record:
    """The one record of a learner's check-ins for one lesson."""

    class_id: ClassId
    lesson_no: int
    voucher_id: VoucherId
    attempts: tuple[Attempt, ...]

    @property
    def outcome(self) -> Outcome:
        """Good if any attempt was, else what the last one amounts to."""
        return outcome_of(self.attempts)


def outcome_of(attempts: Sequence[Attempt]) -> Outcome:
    """Good if any attempt was, else what the last one amounts to."""
    if any(attempt.outcome is Outcome.GOOD for attempt in attempts):
        return Outcome.GOOD
    return attempts[-1].outcome


def deciding(record: Record) -> Attempt:
    """The attempt that made the record's outcome: the first good one, else the last."""
    good = (attempt for attempt in record.attempts if attempt.outcome is Outcome.GOOD)
    return next(good, record.attempts[-1])


def in_time(lesson: Lesson, now: datetime, opens_before_minutes: int) -> bool:
    """Whether a tap now is in time: from the window's opening to the lesson's start, inclusive.

    A tap after the start and before the lesson's end is late. Raises Refused
    `check_in_not_open` before the window, `check_in_closed` from the lesson's end on.
    """
    opens_at = lesson.starts_at - calendar.minutes(opens_before_minutes)
    if now < opens_at:
        raise Refused("check_in_not_open", CHECK_IN, facts={"opens_at": calendar.text(opens_at)})
    if now >= lesson.ends_at:
        raise Refused(
            "check_in_closed", CHECK_IN, facts={"closed_at": calendar.text(lesson.ends_at)}
        )
    return now <= lesson.starts_at


def judge(place: Place, timely: bool) -> Outcome:
    """What an attempt amounts to; a doubtful place outweighs lateness."""
    if place is not Place.INSIDE:
        return Outcome(place.value)
    return Outcome.GOOD if timely else Outcome.LATE


def check_room(attempts: Sequence[Attempt], limit: int) -> None:
    """Raises Conflict `attempts_used_up` where the record holds all attempts it may."""
    if len(attempts) >= limit:
        raise Conflict("attempts_used_up", facts={"limit": limit})


@dataclass(frozen=True)
class Attendance:
    """A learner's lessons: of the timetable, over by now, signed in well, signed in at all."""

    lessons: int
    over: int
    good: int
    kept: int


def attendance(lessons: Sequence[Lesson], records: Sequence[Record], now: datetime) -> Attendance:
    """What a learner's records of a class amount to at this moment."""
    outcomes = [record.outcome for record in records if record.attempts]
    return Attendance(
        lessons=len(lessons),
        over=sum(lesson.ends_at <= now for lesson in lessons),
        good=sum(outcome is Outcome.GOOD for outcome in outcomes),
        kept=len(outcomes),
    )


def next_lesson(lessons: Sequence[Lesson], now: datetime) -> Lesson | None:
    """The first lesson that is not over."""
    return next((lesson for lesson in lessons if now < lesson.ends_at), None)

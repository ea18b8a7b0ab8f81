"""Signing in before a lesson (培训打卡签到, notice 三.(三)): the window, the record, its outcome.

A record belongs to one lesson and one learner and keeps its attempts; one attempt inside the
site and in time makes it good. Anything else is kept with its outcome for the district.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.errors import Refused, Rule

from . import calendar
from .fence import Place
from .ids import ClassId, VoucherId
from .lesson import Lesson, Mode

CHECK_IN = Rule("check-in-window", "三.(三)")


class Outcome(StrEnum):
    """What an attempt, and in the end the record, amounts to."""

    GOOD = "good"
    TOLERATED = "tolerated"  # late, but within the grace that the policy gives
    LATE = "late"
    OUTSIDE = "outside"
    WRONG_DATUM = "wrong_datum"
    POOR_ACCURACY = "poor_accuracy"

    @property
    def fulfils(self) -> bool:
        """Whether the lesson counts as signed in to, with nothing for the district to look at."""
        return self in FULFILLING


FULFILLING = frozenset({Outcome.GOOD, Outcome.TOLERATED})


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
        """What the deciding attempt amounts to."""
        return outcome_of(self.attempts)


def outcome_of(attempts: Sequence[Attempt]) -> Outcome:
    """What the first attempt that counts amounts to, else what the last one does."""
    return _deciding(attempts).outcome


def deciding(record: Record) -> Attempt:
    """The attempt that made the record's outcome: the first that counts, else the last."""
    return _deciding(record.attempts)


def _deciding(attempts: Sequence[Attempt]) -> Attempt:
    return next((each for each in attempts if each.outcome.fulfils), attempts[-1])


@dataclass(frozen=True)
class Window:
    """When a tap for a lesson counts: minutes before it, and minutes of grace after its start.

    Where the minutes before are None, it is open at any time before.
    """

    opens_before_minutes: int | None
    grace_minutes: int


def opening(lesson: Lesson, opens_before_minutes: int | None) -> datetime | None:
    """When signing in to the lesson opens, or None where it is open at any time before."""
    if opens_before_minutes is None:
        return None
    return lesson.starts_at - calendar.minutes(opens_before_minutes)


def timing(lesson: Lesson, now: datetime, window: Window) -> Outcome:
    """What a tap now amounts to at the right place.

    Good from the window's opening to the lesson's start, inclusive; tolerated for the minutes of
    grace after it, inclusive; then late until the lesson's end. Raises Refused `online_lesson`,
    `check_in_not_open` before the window, `check_in_closed` from the lesson's end on.
    """
    if lesson.mode is Mode.ONLINE:
        raise Refused("online_lesson", CHECK_IN, facts={"lesson_no": lesson.no})
    opens_at = opening(lesson, window.opens_before_minutes)
    if opens_at and now < opens_at:
        raise Refused("check_in_not_open", CHECK_IN, facts={"opens_at": calendar.text(opens_at)})
    if now >= lesson.ends_at:
        raise Refused(
            "check_in_closed", CHECK_IN, facts={"closed_at": calendar.text(lesson.ends_at)}
        )
    if now <= lesson.starts_at:
        return Outcome.GOOD
    tolerated = now <= lesson.starts_at + calendar.minutes(window.grace_minutes)
    return Outcome.TOLERATED if tolerated else Outcome.LATE


def judge(place: Place, timing: Outcome) -> Outcome:
    """What an attempt amounts to; a doubtful place outweighs lateness."""
    return timing if place is Place.INSIDE else Outcome(place.value)


def check_room(attempts: int, limit: int | None) -> None:
    """Raises Refused `attempts_used_up` where the record holds all attempts it may."""
    if limit is not None and attempts >= limit:
        raise Refused("attempts_used_up", CHECK_IN, facts={"limit": limit})


@dataclass(frozen=True)
class Attendance:
    """A learner's lessons at the teaching place: all, over by now, signed in well, at all.

    Nobody signs in to an online lesson, so none is counted.
    """

    lessons: int
    over: int
    good: int
    kept: int


def attendance(lessons: Sequence[Lesson], records: Sequence[Record], now: datetime) -> Attendance:
    """What a learner's records of a class amount to at this moment."""
    outcomes = [record.outcome for record in records if record.attempts]
    signed_in_to = _at_the_place(lessons)
    return Attendance(
        lessons=len(signed_in_to),
        over=sum(lesson.ends_at <= now for lesson in signed_in_to),
        good=sum(outcome.fulfils for outcome in outcomes),
        kept=len(outcomes),
    )


def next_lesson(lessons: Sequence[Lesson], now: datetime) -> Lesson | None:
    """The first lesson at the teaching place that is not over."""
    return next((lesson for lesson in _at_the_place(lessons) if now < lesson.ends_at), None)


def _at_the_place(lessons: Sequence[Lesson]) -> list[Lesson]:
    return [lesson for lesson in lessons if lesson.mode is Mode.OFFLINE]

"""How classes look from outside: timetable, place, and what signing in to them came to.

A worker's own position is never told back: whether it was good, and how far off, is.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from chalicelib.rules import calendar
from chalicelib.rules.attendance import Outcome, attendance, deciding
from chalicelib.rules.datum import Datum
from chalicelib.rules.lesson import Lesson, Mode, Part
from chalicelib.rules.teaching import TrainingClass

from . import shown

if TYPE_CHECKING:
    # Types alone: of all requests only a learner's own pay for these use cases.
    from chalicelib.usecases.my_classes import MyClass, Upcoming
    from chalicelib.usecases.taught import Taught


class LessonShown(msgspec.Struct, frozen=True):
    """A lesson of the timetable; nobody signs in to one that is online."""

    lesson_no: int
    starts_at: shown.Instant
    ends_at: shown.Instant
    mode: Mode
    part: Part


class ClassShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """A class as filed, and how many of its seats are taken.

    `kind` is the class of work where the programme has such, `exam_on` the day of the assessment
    where it was fixed.
    """

    class_id: shown.ClassId
    institution_id: shown.OrganisationCode
    class_no: shown.ClassNo
    programme: shown.Programme
    site_no: shown.SiteNo
    district: shown.District
    occupation: shown.Occupation
    level: int
    capacity: int
    seats_taken: int
    filed_at: shown.Instant
    mode: Mode
    lessons: tuple[LessonShown, ...]
    kind: Annotated[str, Meta(examples=["A"])] | None = None
    exam_on: shown.Day | None = None


class PlaceShown(msgspec.Struct, frozen=True):
    """A teaching site, and the middle of its fence in the coordinate system that it names."""

    site_no: shown.SiteNo
    name: Annotated[str, Meta(examples=["老西门教学点"])]
    longitude: float
    latitude: float
    datum: Datum


class UpcomingShown(msgspec.Struct, frozen=True):
    """The next lesson; signing in counts from `opens_at` until it starts."""

    lesson_no: int
    starts_at: shown.Instant
    ends_at: shown.Instant
    opens_at: shown.Instant


class MyClassShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """A class of the caller's; `next_lesson` only while he is enrolled and it is not over."""

    voucher_id: shown.VoucherId
    class_id: shown.ClassId
    class_no: shown.ClassNo
    programme: shown.Programme
    institution: shown.OrganisationName
    place: PlaceShown
    occupation: shown.Occupation
    level: int
    lessons: tuple[LessonShown, ...]
    next_lesson: UpcomingShown | None = None


class AttendanceShown(msgspec.Struct, frozen=True):
    """Of a class's lessons how many are over, signed in to well, signed in to at all."""

    lessons: int
    lessons_over: int
    signed_good: int
    signed: int


class CheckInShown(msgspec.Struct, frozen=True):
    """What signing in to one lesson came to; the time and the distance are the deciding tap's."""

    voucher_id: shown.VoucherId
    class_id: shown.ClassId
    lesson_no: int
    starts_at: shown.Instant
    outcome: Outcome
    attempts: int
    signed_at: shown.Instant
    distance_m: int


def class_view(training_class: TrainingClass) -> ClassShown:
    """A class as filed."""
    return ClassShown(
        class_id=training_class.id,
        institution_id=training_class.institution_id,
        class_no=training_class.class_no,
        programme=training_class.programme,
        site_no=training_class.site_no,
        district=training_class.district,
        occupation=training_class.occupation,
        level=training_class.level,
        capacity=training_class.capacity,
        seats_taken=training_class.seats_taken,
        filed_at=training_class.filed_at,
        mode=training_class.mode,
        lessons=tuple(_lesson_view(lesson) for lesson in training_class.lessons),
        kind=training_class.kind,
        exam_on=training_class.exam_on.isoformat() if training_class.exam_on else None,
    )


def _lesson_view(lesson: Lesson) -> LessonShown:
    return LessonShown(
        lesson_no=lesson.no,
        starts_at=calendar.text(lesson.starts_at),
        ends_at=calendar.text(lesson.ends_at),
        mode=lesson.mode,
        part=lesson.part,
    )


def my_class_view(mine: "MyClass") -> MyClassShown:
    """A class as its learner sees it."""
    into = mine.into
    return MyClassShown(
        voucher_id=mine.voucher.id,
        class_id=into.id,
        class_no=into.class_no,
        programme=into.programme,
        institution=mine.institution,
        place=PlaceShown(
            into.site_no,
            mine.site,
            into.site.point.longitude,
            into.site.point.latitude,
            into.site.datum,
        ),
        occupation=into.occupation,
        level=into.level,
        lessons=tuple(_lesson_view(lesson) for lesson in into.lessons),
        next_lesson=_upcoming_view(mine.upcoming) if mine.upcoming else None,
    )


def _upcoming_view(upcoming: "Upcoming") -> UpcomingShown:
    lesson = upcoming.lesson
    return UpcomingShown(
        lesson_no=lesson.no,
        starts_at=calendar.text(lesson.starts_at),
        ends_at=calendar.text(lesson.ends_at),
        opens_at=calendar.text(upcoming.opens_at),
    )


def check_in_views(course: "Taught") -> list[CheckInShown]:
    """A learner's check-ins of a class, one for each lesson he tapped for."""
    return [
        CheckInShown(
            voucher_id=course.voucher.id,
            class_id=course.into.id,
            lesson_no=record.lesson_no,
            starts_at=calendar.text(course.into.lesson(record.lesson_no).starts_at),
            outcome=record.outcome,
            attempts=len(record.attempts),
            signed_at=deciding(record).received_at,
            distance_m=deciding(record).distance_m,
        )
        for record in course.records
    ]


def attendance_view(course: "Taught", now: datetime) -> AttendanceShown:
    """What a learner's signing in to a class came to at this moment."""
    told = attendance(course.into.lessons, course.records, now)
    return AttendanceShown(told.lessons, told.over, told.good, told.kept)

"""Classes: an institution files one, and those it concerns look at it."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from chalice.app import Blueprint

from chalicelib.errors import Invalid
from chalicelib.rules import calendar
from chalicelib.rules.ids import ClassId
from chalicelib.rules.lesson import Lesson, Mode, Part
from chalicelib.rules.principal import Right
from chalicelib.usecases import file, show
from chalicelib.usecases.file import Filing

from . import fields
from .bodies import Nothing
from .class_views import ClassShown, class_view
from .http import Change, Reading, changes, reads

bp = Blueprint(__name__)
_MOST_LESSONS = 200
# Whose class it is, is asked of the class: its institution's, or its officials' to see.
_CONCERNED = frozenset({Right.CLASS_FILE, Right.VOUCHER_VIEW, Right.CASE_VIEW})


class LessonFiled(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A lesson's beginning and end; whether it is held at the site, and whether it is practice."""

    starts_at: Annotated[fields.Instant, msgspec.Meta(examples=["2026-03-09T09:00:00+08:00"])]
    ends_at: Annotated[fields.Instant, msgspec.Meta(examples=["2026-03-09T10:30:00+08:00"])]
    mode: Literal["offline", "online"] = "offline"
    part: Literal["theory", "practice"] = "theory"


class ClassFiled(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A class as its institution files it."""

    class_no: Annotated[fields.Line, msgspec.Meta(examples=["C-2026-01"])]
    programme: fields.Programme
    site_no: Annotated[fields.Line, msgspec.Meta(examples=["S1"])]
    occupation: Annotated[fields.Line, msgspec.Meta(examples=["养老护理员"])]
    level: fields.Level
    capacity: fields.Seats
    lessons: Annotated[tuple[LessonFiled, ...], msgspec.Meta(max_length=_MOST_LESSONS)]
    kind: Annotated[fields.Line, msgspec.Meta(examples=["A"])] | None = None
    exam_on: fields.Day | None = None


@changes(
    bp,
    "/classes",
    rights=frozenset({Right.CLASS_FILE}),
    body=ClassFiled,
    gives=ClassShown,
    problems=(
        "class_capacity",
        "class_exists",
        "class_kind",
        "filed_too_late",
        "not_an_enterprise",
        "not_an_institution",
        "not_found",
        "outside_licence",
        "programme_without_classes",
        "timetable_disorder",
        "timetable_empty",
        "too_few_hours",
        "too_little_practice",
    ),
)
def file_class(asked: Change[ClassFiled]) -> ClassShown:
    """The class as filed."""
    body = asked.body
    filing = Filing(
        class_no=body.class_no,
        programme=body.programme,
        site_no=body.site_no,
        occupation=body.occupation,
        level=body.level,
        capacity=body.capacity,
        lessons=tuple(_lesson(no, lesson) for no, lesson in enumerate(body.lessons, 1)),
        kind=body.kind,
        exam_on=body.exam_on,
    )
    return class_view(file.file(asked.principal, filing, asked.command))


@reads(bp, "/classes/{class_id}", rights=_CONCERNED, query=Nothing, gives=ClassShown)
def show_class(asked: Reading[Nothing]) -> ClassShown:
    """A class, for those it concerns."""
    return class_view(show.training_class(asked.principal, ClassId(asked.path["class_id"])))


def _lesson(no: int, filed: LessonFiled) -> Lesson:
    starts_at, ends_at = _instant(filed.starts_at), _instant(filed.ends_at)
    return Lesson(no, starts_at, ends_at, Mode(filed.mode), Part(filed.part))


def _instant(written: str) -> datetime:
    try:
        return calendar.instant(written)
    except (ValueError, OverflowError):
        raise Invalid("bad_value", field="lessons") from None

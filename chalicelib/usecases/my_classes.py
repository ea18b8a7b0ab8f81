"""The caller's classes: timetable, place, and when he can sign in next (notice 三.(三))."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.errors import NotFound
from chalicelib.rules import attendance, calendar
from chalicelib.rules.lesson import Lesson
from chalicelib.rules.moves import State
from chalicelib.rules.principal import Principal
from chalicelib.rules.teaching import TrainingClass
from chalicelib.rules.voucher import Voucher
from chalicelib.store import organisations, programmes

from .show import mine
from .taught import Taught, taught


@dataclass(frozen=True)
class Upcoming:
    """The next lesson and its window: signing in counts from `opens_at` to its start."""

    lesson: Lesson
    opens_at: datetime


@dataclass(frozen=True)
class MyClass:
    """A class of the caller's, where it is, and what comes next while he is enrolled."""

    voucher: Voucher
    into: TrainingClass
    institution: str
    site: str
    upcoming: Upcoming | None


def my_classes(principal: Principal, now: datetime) -> list[MyClass]:
    """Every class the caller was ever enrolled in, the one that starts last first."""
    found = taught(mine(principal, now)).values()
    names = organisations.names({course.into.institution_id for course in found})
    mine_all = [
        MyClass(
            voucher=course.voucher,
            into=course.into,
            institution=names.get(course.into.institution_id, course.into.institution_id),
            site=_site(course.into),
            upcoming=_upcoming(course, now),
        )
        for course in found
    ]
    return sorted(mine_all, key=lambda one: (one.into.starts_on, one.into.id), reverse=True)


def my_check_ins(principal: Principal, now: datetime) -> list[Taught]:
    """The caller's check-ins, class by class, the class that starts last first."""
    found = taught(mine(principal, now)).values()
    return sorted(found, key=lambda one: (one.into.starts_on, one.into.id), reverse=True)


def _site(into: TrainingClass) -> str:
    try:
        return organisations.site(into.institution_id, into.site_no).name
    except NotFound:
        return into.site_no


def _upcoming(course: Taught, now: datetime) -> Upcoming | None:
    lesson = attendance.next_lesson(course.into.lessons, now)
    if lesson is None or course.voucher.state is not State.ENROLLED:
        return None
    policy = programmes.by_hash(course.voucher.policy)
    on = calendar.civil_date(lesson.starts_at)
    opens_at = attendance.opening(lesson, policy.value("check_in_opens_before", on))
    return Upcoming(lesson, opens_at) if opens_at else None

"""File (开班反馈): who teaches a class files it before it starts (notice 三.(二)).

A training institution does; in an issue-only programme the enterprise that teaches its own staff
(二.(三)).
"""

from dataclasses import dataclass
from datetime import date

from chalicelib.errors import Conflict, Invalid, KeyReused
from chalicelib.policy import Policy
from chalicelib.rules import calendar, ids, teaching
from chalicelib.rules.history import Command
from chalicelib.rules.ids import ClassId
from chalicelib.rules.lesson import Lesson
from chalicelib.rules.moves import Shape
from chalicelib.rules.principal import Organisation, Principal
from chalicelib.rules.teaching import TrainingClass
from chalicelib.store import classes, organisations, programmes, requests, transact

_PATH = "/classes"


@dataclass(frozen=True)
class Filing:
    """What a teacher files; `level` is 1 (一级) to 5 (五级)."""

    class_no: str
    programme: str
    site_no: str
    occupation: str
    level: int
    capacity: int
    lessons: tuple[Lesson, ...]
    kind: str | None = None
    exam_on: date | None = None


def file(principal: Principal, filing: Filing, command: Command) -> TrainingClass:
    """The class as filed.

    Raises Refused `filed_too_late`, Invalid for a timetable in disorder or too many seats,
    NotFound for an unknown site, Forbidden for who may not teach it, Conflict `class_exists`.
    """
    if known := requests.remembered(command.actor, _PATH, command.key):
        return _repeated(known, command)
    policy = programmes.current(filing.programme, calendar.civil_date(command.at))
    teacher = principal.enterprise if policy.shape is Shape.ISSUE_ONLY else principal.institution
    _check(filing, policy, command)
    filed = _filed(teacher, filing, command)
    try:
        classes.create(filed, _PATH, command)
    except transact.Lost:
        if known := requests.remembered(command.actor, _PATH, command.key):
            return _repeated(known, command)
        raise Conflict("class_exists", field="class_no") from None
    return filed


def _check(filing: Filing, policy: Policy, command: Command) -> None:
    today = calendar.civil_date(command.at)
    teaching.check_timetable(filing.lessons)
    lead_days = policy.value("filing_lead", today)
    largest = policy.value("class_capacity", today)
    if lead_days is None or largest is None:
        raise Invalid("programme_without_classes", field="programme")
    if not 1 <= filing.capacity <= largest:
        raise Invalid("class_capacity", field="capacity", facts={"largest": largest})
    starts_on = calendar.civil_date(filing.lessons[0].starts_at)
    teaching.check_lead(starts_on, today, lead_days, "filed_too_late")


def _filed(teacher: Organisation, filing: Filing, command: Command) -> TrainingClass:
    place = organisations.site(teacher.id, filing.site_no)
    return TrainingClass(
        id=ids.class_id(teacher.id, filing.class_no),
        institution_id=teacher.id,
        class_no=filing.class_no,
        programme=filing.programme,
        site_no=filing.site_no,
        site=place.site,
        district=teacher.district or "",
        occupation=filing.occupation,
        level=filing.level,
        capacity=filing.capacity,
        seats_taken=0,
        lessons=filing.lessons,
        filed_at=calendar.text(command.at),
        filed_by=command.actor,
        kind=filing.kind,
        exam_on=filing.exam_on,
    )


def _repeated(known: tuple[str, str], command: Command) -> TrainingClass:
    body, filed = known
    if body != command.body:
        raise KeyReused
    return classes.load(ClassId(filed))

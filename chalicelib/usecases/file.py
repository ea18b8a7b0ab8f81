"""File (开班反馈): who teaches a class files it before it starts (notice 三.(二)).

A training institution does; in an issue-only programme the enterprise that teaches its own staff
(二.(三)).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from chalicelib.errors import Conflict, Invalid, KeyReused
from chalicelib.policy import Policy, decisions
from chalicelib.rules import calendar, ids, teaching
from chalicelib.rules.history import Command
from chalicelib.rules.ids import ClassId
from chalicelib.rules.lesson import Lesson
from chalicelib.rules.moves import IN_CLASSES, Shape
from chalicelib.rules.principal import Organisation, Principal
from chalicelib.rules.situation import Situation
from chalicelib.rules.teaching import TrainingClass
from chalicelib.rules.teaching_facts import Plan
from chalicelib.store import classes, organisations, programmes, requests, transact

_PATH = "/classes"
_FIELDS = {"class_capacity": "capacity", "class_kind": "kind", "outside_licence": "occupation"}


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

    Raises Refused for what the programme's rules of classes do not let, above all `filed_too_late`;
    Invalid for a timetable in disorder or a programme without classes,
    NotFound for an unknown site, Forbidden for who may not teach it, Conflict `class_exists`.
    """
    if known := requests.remembered(command.actor, _PATH, command.key):
        return _repeated(known, command)
    policy = programmes.current(filing.programme, calendar.civil_date(command.at))
    teacher = principal.enterprise if policy.shape is Shape.ISSUE_ONLY else principal.institution
    filed = _filed(teacher, filing, command)
    _check(filed, teacher, policy, command)
    try:
        classes.create(filed, _PATH, command)
    except transact.Lost:
        if known := requests.remembered(command.actor, _PATH, command.key):
            return _repeated(known, command)
        raise Conflict("class_exists", field="class_no") from None
    return filed


def _check(filed: TrainingClass, teacher: Organisation, policy: Policy, command: Command) -> None:
    today = calendar.civil_date(command.at)
    teaching.check_timetable(filed.lessons)
    if policy.ruling("filing_lead", today) is None or policy.shape not in IN_CLASSES:
        raise Invalid("programme_without_classes", field="programme")
    situation = Situation(
        course=filed.course,
        institution_kind=teacher.kind.value,
        district=filed.district,
        events=filed.days,
        plan=Plan(filed.capacity, _minutes(filed.lessons), teacher.licence),
    )
    decision = decisions.file.decide(policy, situation, today)
    decision.check(_FIELDS.get(decision.code))


def _minutes(lessons: tuple[Lesson, ...]) -> dict[str, int]:
    minutes: Counter[str] = Counter()
    for lesson in lessons:
        minutes[lesson.part.value] += lesson.minutes
    return dict(minutes)


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

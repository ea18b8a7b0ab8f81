"""The situation (情形) a decision is about: every fact that a policy's rules may ask for.

A use case fills it from the stores, a case beside a policy states it, a settled entry keeps it.
Facts carry their own dates; what nobody recorded is absent, and whoever needs it says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from . import calendar
from .teaching_facts import Plan, Tap

_Fact = TypeVar("_Fact")


class MissingInput(LookupError):
    """A rule needs a fact that the situation does not hold; `name` is its path."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is missing")
        self.name = name


class Event(StrEnum):
    """What happened on a day, or is planned for one."""

    ISSUE = "issue"  # 发放
    CLAIM = "claim"  # 领取
    ENROLMENT = "enrolment"  # 录取
    CLASS_START = "class-start"  # 开班
    CLASS_END = "class-end"  # 结业
    EXAM = "exam"  # 考核, the day fixed for it when the class was filed
    CERTIFICATE = "certificate"  # 取证, the day of the assessment's result
    RATING = "rating"  # 培训评价
    NOTICE = "notice"  # 公示, the day it began
    SETTLEMENT = "settlement"  # 结算


@dataclass(frozen=True)
class Spell:
    """Something named that holds from a day, until a day (inclusive) or still."""

    name: str
    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it holds on that day."""
        return calendar.within(on, self.since, self.until)


@dataclass(frozen=True)
class PersonFacts:
    """What rules may know of a worker: no name, no number, no account.

    `employed` is named by the employer, `listed` by the list, `insured` by the insurance.
    """

    local: bool = False
    district: str | None = None
    born_on: date | None = None
    sex: str | None = None
    groups: tuple[Spell, ...] = ()
    insured: tuple[Spell, ...] = ()
    employed: tuple[Spell, ...] = ()
    listed: tuple[Spell, ...] = ()

    def groups_on(self, on: date) -> tuple[str, ...]:
        """The groups he belongs to on that day: longest first, then by code."""
        held = sorted((fact.since, fact.name) for fact in self.groups if fact.holds(on))
        return tuple(dict.fromkeys(name for _, name in held))


@dataclass(frozen=True)
class Course:
    """What is learnt; level 1 is the highest; hours are lesson hours by their part."""

    occupation: str | None = None
    level: int | None = None
    kind: str | None = None
    mode: str | None = None
    hours: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Fees:
    """What the training and its exam really cost, in fen, and who paid."""

    training_fen: int | None = None
    exam_fen: int | None = None
    paid_by: str | None = None


@dataclass(frozen=True)
class Result:
    """What the assessment came to."""

    passed: bool | None = None
    certificate_no: str | None = None


@dataclass(frozen=True)
class Lessons:
    """Lessons so far and how they were signed in to; `month` is YYYY-MM."""

    month: str
    lessons: int
    good: int
    late: int = 0


@dataclass(frozen=True)
class ClassOutcome:
    """What became of the learners of a class, and which of them this one is, from 1."""

    enrolled: int
    passed: int | None = None
    employed: int | None = None
    place: int = 1


@dataclass(frozen=True)
class Earlier:
    """A voucher the person had before, and what was paid on it, on that day.

    `live` until its result, `void` once it expired; the course is there while it is not failed.
    """

    programme: str
    on: date
    amount_fen: int = 0
    fund: str | None = None
    occupation: str | None = None
    level: int | None = None
    live: bool | None = None
    void: bool | None = None


@dataclass(frozen=True)
class Paid:
    """What was paid on this voucher already."""

    instalment: str
    fund: str
    amount_fen: int


NO_PLAN = Plan()


@dataclass(frozen=True)
class Situation:
    """All of it; `district` is the one that pays: the class's, else the person's."""

    person: PersonFacts = PersonFacts()
    course: Course = Course()
    institution_kind: str | None = None
    district: str | None = None
    fees: Fees = Fees()
    events: Mapping[Event, date] = field(default_factory=dict)
    result: Result = Result()
    attendance: tuple[Lessons, ...] = ()
    plan: Plan = NO_PLAN
    tap: Tap | None = None
    training_class: ClassOutcome | None = None
    earlier: tuple[Earlier, ...] = ()
    paid: tuple[Paid, ...] = ()

    def day_of(self, event: Event) -> date:
        """The day of an event; MissingInput."""
        return needed(self.events.get(event), f"events.{event}")

    @property
    def occupation(self) -> str:
        """The occupation; MissingInput."""
        return needed(self.course.occupation, "course.occupation")

    @property
    def level(self) -> int:
        """The level; MissingInput."""
        return needed(self.course.level, "course.level")

    @property
    def class_outcome(self) -> ClassOutcome:
        """What became of the class; MissingInput."""
        return needed(self.training_class, "training_class.enrolled")


def needed(fact: _Fact | None, name: str) -> _Fact:
    """The fact itself; MissingInput with its name where it is absent."""
    if fact is None:
        raise MissingInput(name)
    return fact

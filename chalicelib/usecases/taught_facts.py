"""What vouchers' classes tell the rules: course, days, attendance so far, the class's outcome."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from chalicelib.policy import Policy
from chalicelib.rules import calendar
from chalicelib.rules.attendance import Outcome, Record
from chalicelib.rules.ids import ClassId, VoucherId
from chalicelib.rules.lesson import Lesson, Mode
from chalicelib.rules.moves import State
from chalicelib.rules.person import FactKind
from chalicelib.rules.situation import ClassOutcome, Event, Lessons
from chalicelib.rules.teaching import TrainingClass
from chalicelib.rules.voucher import Voucher
from chalicelib.store import checkins, classes, people, vouchers

_OF_THE_CLASS = frozenset(
    {
        *("course.kind", "course.mode", "course.hours", "course.days"),
        *("events.class-start", "events.class-end", "events.exam", "attendance"),
    }
)
_NOT_PASSED = frozenset({State.CLOSED, State.EXPIRED})


@dataclass(frozen=True)
class ClassFacts:
    """What a voucher's class tells; a voucher without one tells nothing of it."""

    kind: str | None = None
    mode: str | None = None
    hours: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)
    events: Mapping[Event, date] = field(default_factory=dict)
    attendance: tuple[Lessons, ...] = ()
    outcome: ClassOutcome | None = None


def of(
    found: Sequence[Voucher], policy: Policy, asked: frozenset[str], on: date
) -> dict[VoucherId, ClassFacts]:
    """The facts of those that were enrolled, by voucher; as far as the policy asks for them."""
    enrolled = {one.id: one.terms.class_id for one in found if one.terms.class_id}
    wanted = set(enrolled.values())
    filed: dict[ClassId, TrainingClass] = {}
    if asked & _OF_THE_CLASS:
        filed = {into.id: into for into in classes.load_all(wanted)}
    learners: dict[ClassId, list[Voucher]] = {}
    if "training_class" in asked:
        learners = {class_id: _learners(class_id, policy.programme) for class_id in wanted}
    return {
        key: replace(
            _course(filed.get(class_id), policy, on),
            attendance=_attendance(key, filed.get(class_id), asked, on),
            outcome=_outcome(key, learners.get(class_id), on),
        )
        for key, class_id in enrolled.items()
    }


def _course(into: TrainingClass | None, policy: Policy, on: date) -> ClassFacts:
    if into is None:
        return ClassFacts()
    ends_on = calendar.civil_date(into.lessons[-1].ends_at)
    exam = {Event.EXAM: into.exam_on} if into.exam_on else {}
    return ClassFacts(
        kind=into.kind,
        mode=into.mode.value,
        hours=_hours(into.lessons, policy.value("lesson_minutes", on)),
        days=_days(into.lessons),
        events={Event.CLASS_START: into.starts_on, Event.CLASS_END: ends_on, **exam},
    )


def _hours(lessons: Iterable[Lesson], lesson_minutes: int | None) -> dict[str, int]:
    """Whole lesson hours (课时) by part; none where the policy does not say how long one is."""
    minutes: Counter[str] = Counter()
    for lesson in lessons:
        minutes[lesson.part.value] += lesson.minutes
    if not lesson_minutes:
        return {}
    return {part: total // lesson_minutes for part, total in minutes.items()}


def _days(lessons: Iterable[Lesson]) -> dict[str, int]:
    """Days by part; a day of both counts for the one that took longer."""
    by_day: dict[date, Counter[str]] = {}
    for lesson in lessons:
        day = calendar.civil_date(lesson.starts_at)
        by_day.setdefault(day, Counter())[lesson.part.value] += lesson.minutes
    return dict(Counter(max(parts, key=lambda part: parts[part]) for parts in by_day.values()))


def _attendance(
    voucher_id: VoucherId, into: TrainingClass | None, asked: frozenset[str], on: date
) -> tuple[Lessons, ...]:
    """The lessons at the teaching place until that day, month by month, and their check-ins."""
    if into is None or "attendance" not in asked:
        return ()
    over = [
        lesson
        for lesson in into.lessons
        if lesson.mode is Mode.OFFLINE and calendar.civil_date(lesson.ends_at) <= on
    ]
    records = checkins.load_all((into.id, lesson.no, voucher_id) for lesson in over)
    kept = {record.lesson_no: record for record in records if record.attempts}
    months: dict[str, list[Record | None]] = {}
    for lesson in over:
        month = calendar.civil_date(lesson.starts_at).isoformat()[:7]
        months.setdefault(month, []).append(kept.get(lesson.no))
    return tuple(_month(month, told) for month, told in sorted(months.items()))


def _month(month: str, told: Sequence[Record | None]) -> Lessons:
    outcomes = [record.outcome for record in told if record]
    return Lessons(
        month=month,
        lessons=len(told),
        good=sum(outcome.fulfils for outcome in outcomes),
        late=sum(outcome is Outcome.LATE for outcome in outcomes),
    )


def _learners(class_id: ClassId, programme: str) -> list[Voucher]:
    """The programme's vouchers that were enrolled in the class, by id; others bring no money."""
    found = vouchers.load_all(vouchers.of_class(class_id))
    own = [one for one in found if (one.terms.class_id, one.programme) == (class_id, programme)]
    return sorted(own, key=lambda one: one.id)


def _outcome(
    voucher_id: VoucherId, learners: Sequence[Voucher] | None, on: date
) -> ClassOutcome | None:
    """What became of the class; how many passed and are employed once everybody has a result."""
    if not learners:
        return None
    place = [one.id for one in learners].index(voucher_id) + 1
    if any(one.state is State.ENROLLED for one in learners):
        return ClassOutcome(len(learners), place=place)
    passed = sum(one.state not in _NOT_PASSED for one in learners)
    known = people.load_all({one.person_id for one in learners})
    employed = sum(bool(person.names(FactKind.EMPLOYED, on)) for person in known)
    return ClassOutcome(len(learners), passed, employed, place)

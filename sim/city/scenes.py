"""The parts of the story's script that are long lists: classes, taps, proposals, held lines."""

from collections.abc import Iterable

from sim.city.casting import Learner
from sim.city.check_ins import CheckIn
from sim.city.classes import TrainingClass
from sim.city.files import Json, table
from sim.city.people import Person
from sim.city.settlement import Payment

REASONS = (
    "经区核实，学员到课属实",
    "定位偏差，机构提供课堂影像佐证",
    "手机坐标系设置有误，现场核实到课",
    "学员说明迟到原因，机构确认参训",
)
KEEP_REASON = "情况尚未查清，暂缓拨付"


class Numbering:
    """Gives everybody who acts a number, in the order of first appearance."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.document_numbers = list(dict.fromkeys(each.document_number for each in people))
        self._places = {number: place for place, number in enumerate(self.document_numbers)}

    def __call__(self, person: Person) -> int:
        """Return the person's number; KeyError for somebody who does not act."""
        return self._places[person.document_number]


def class_entry(filed: TrainingClass, learners: Iterable[Learner], number: Numbering) -> Json:
    """Return a class as its institution files it, with the learners it registers."""
    seats = [seat for seat in learners if seat.training_class is filed]
    return {
        "class_no": filed.class_no,
        "institution": filed.institution.code,
        "programme": filed.programme,
        "site_no": filed.site.site_no,
        "occupation": filed.occupation,
        "level": filed.level,
        "capacity": filed.capacity,
        "lessons": [
            {"starts_at": lesson.starts_at.isoformat(), "ends_at": lesson.ends_at.isoformat()}
            for lesson in filed.lessons
        ],
        "learners": [
            [number(seat.person), seat.paid_by, seat.enterprise.code if seat.enterprise else None]
            for seat in seats
        ],
    }


CHECK_IN_COLUMNS = (
    "moment",
    "person",
    "programme",
    "class_no",
    "lesson_no",
    "attempt",
    "longitude",
    "latitude",
    "datum",
    "accuracy_m",
    "device_time",
    "expected",
)


def check_in_table(taps: Iterable[CheckIn], number: Numbering) -> Json:
    """Return every tap with the outcome it is to have."""
    rows = [
        (
            tap.moment,
            number(tap.learner.person),
            tap.learner.training_class.programme,
            tap.learner.training_class.class_no,
            tap.lesson_no,
            tap.attempt,
            tap.position.longitude,
            tap.position.latitude,
            tap.position.datum,
            tap.position.accuracy_m,
            tap.device_time.isoformat(),
            tap.outcome,
        )
        for tap in taps
    ]
    return table(CHECK_IN_COLUMNS, rows)


def proposal_table(payments: Iterable[Payment]) -> Json:
    """Return what a proposal of each programme and district must hold."""
    found: dict[tuple[str, str], list[int]] = {}
    for payment in payments:
        found.setdefault((payment.programme, payment.district), []).append(payment.amount_fen)
    rows = [
        (programme, district, len(amounts), sum(amounts))
        for (programme, district), amounts in sorted(found.items())
    ]
    return table(("programme", "district", "entries", "total_fen"), rows)


def held_table(payments: Iterable[Payment], number: Numbering) -> Json:
    """Return what the district decides on every held line."""
    rows = []
    for order, payment in enumerate(each for each in payments if each.is_held):
        is_kept = payment.fate == "kept"
        reason = KEEP_REASON if is_kept else REASONS[order % len(REASONS)]
        decision = "keep" if is_kept else "release"
        who = (number(payment.person), payment.programme, payment.district)
        rows.append((*who, decision, reason))
    return table(("person", "programme", "district", "decision", "reason"), rows)

"""Items of vouchers, classes, check-ins and cases as the rules' values.

The attributes' names stand here a second time on purpose: a fault of the store's own mapping
must not hide itself. KeyError, TypeError or ValueError where an item cannot be read.
"""

import json
from datetime import date
from typing import Any

from chalicelib.rules import calendar
from chalicelib.rules.attendance import Attempt, Outcome
from chalicelib.rules.cases import Case
from chalicelib.rules.datum import Datum, Degrees
from chalicelib.rules.ids import CaseId, ClassId, OrganisationId, PersonId, VoucherId
from chalicelib.rules.lesson import Lesson, Mode, Part
from chalicelib.rules.moves import Shape, State
from chalicelib.rules.position import Site
from chalicelib.rules.teaching import TrainingClass
from chalicelib.rules.voucher import Terms, Voucher
from chalicelib.store.dump import Item
from ops.check.city import KeptRecord, KeptVoucher
from ops.check.read_history import told
from ops.check.read_people import whole


def voucher(item: Item) -> KeptVoucher:
    """A voucher with its events."""
    kept = Voucher(
        id=VoucherId(item["id"]),
        person_id=PersonId(item["person_id"]),
        programme=item["programme"],
        period=item["period"],
        ordinal=whole(item["ordinal"]),
        shape=Shape(item["shape"]),
        policy=item["policy"],
        expires_at=item["expires_at"],
        secret=bytes(item["secret"]),
        state=State(item["state"]),
        terms=Terms(**json.loads(item["terms"])),
        history=tuple(item["history"]),
    )
    calendar.instant(kept.expires_at)
    return KeptVoucher(kept, whole(item["ver"]), item.get("class_id"), told(kept.history))


def training_class(item: Item) -> TrainingClass:
    """A filed class; one without a lesson cannot be read."""
    lessons = json.loads(item["lessons"])
    if not lessons:
        raise ValueError("a class without a lesson")
    site = json.loads(item["site"])
    return TrainingClass(
        id=ClassId(item["id"]),
        institution_id=OrganisationId(item["institution_id"]),
        class_no=item["class_no"],
        programme=item["programme"],
        site_no=item["site_no"],
        site=Site(Degrees(**site["point"]), Datum(site["datum"]), site["radius_m"]),
        district=item["district"],
        occupation=item["occupation"],
        level=whole(item["level"]),
        capacity=whole(item["capacity"]),
        seats_taken=whole(item["seats_taken"]),
        lessons=tuple(_lesson(no, *kept) for no, kept in enumerate(lessons, 1)),
        filed_at=item["filed_at"],
        filed_by=item["filed_by"],
        kind=item.get("kind"),
        exam_on=date.fromisoformat(item["exam_on"]) if "exam_on" in item else None,
    )


def _lesson(no: int, starts_at: str, ends_at: str, *more: str) -> Lesson:
    mode, part = more or ("offline", "theory")
    begins, ends = calendar.instant(starts_at), calendar.instant(ends_at)
    return Lesson(no, begins, ends, Mode(mode), Part(part))


def record(item: Item) -> KeptRecord:
    """A check-in record with its attempts."""
    return KeptRecord(
        lesson=item["lesson"],
        voucher_id=VoucherId(item["voucher_id"]),
        class_id=ClassId(item["class_id"]),
        lesson_no=whole(item["lesson_no"]),
        outcome=item["outcome"],
        tries=whole(item["tries"]),
        attempts=tuple(_attempt(attempt) for attempt in json.loads(item["attempts"])),
    )


def _attempt(kept: dict[str, Any]) -> Attempt:
    attempt = Attempt(**{**kept, "outcome": Outcome(kept["outcome"])})
    calendar.instant(attempt.received_at)
    Datum(attempt.datum)
    for number in (attempt.longitude, attempt.latitude, attempt.accuracy_m):
        float(number)
    return attempt


def case(item: Item) -> Case:
    """A case."""
    return Case(
        id=CaseId(item["case_id"]),
        voucher_id=VoucherId(item["voucher_id"]),
        kind=item["kind"],
        class_id=ClassId(item["class_id"]) if "class_id" in item else None,
        lesson_no=whole(item["lesson_no"]) if "lesson_no" in item else None,
        outcome=item["outcome"],
        district=item["district"],
        opened_at=item["opened_at"],
        open=item["open"],
        reason=item.get("reason"),
        about=item.get("about", ""),
    )

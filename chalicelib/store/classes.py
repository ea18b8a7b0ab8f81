"""Classes (培训班): what was filed, the timetable, and the seats taken."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.transactions import TransactWrite

from chalicelib import settings
from chalicelib.errors import NotFound
from chalicelib.rules import calendar
from chalicelib.rules.datum import Datum, Degrees
from chalicelib.rules.history import Command
from chalicelib.rules.ids import ClassId, OrganisationId
from chalicelib.rules.lesson import Lesson, Mode, Part
from chalicelib.rules.position import Site
from chalicelib.rules.teaching import TrainingClass

from . import pages, requests, transact
from .table import Table


class _ByInstitution(GlobalSecondaryIndex["_Class"]):
    class Meta:
        index_name = "by_institution"
        projection = KeysOnlyProjection()

    institution_id = UnicodeAttribute(hash_key=True)


class _ByStart(GlobalSecondaryIndex["_Class"]):
    class Meta:
        index_name = "by_start"
        projection = KeysOnlyProjection()

    starts_on = UnicodeAttribute(hash_key=True)


class _Class(Table):
    class Meta:
        table_name = settings.load().classes_table

    id = UnicodeAttribute(hash_key=True)
    institution_id = UnicodeAttribute()
    class_no = UnicodeAttribute()
    programme = UnicodeAttribute()
    site_no = UnicodeAttribute()
    site = JSONAttribute()
    district = UnicodeAttribute()
    occupation = UnicodeAttribute()
    level = NumberAttribute()
    capacity = NumberAttribute()
    seats_taken = NumberAttribute()
    lessons = JSONAttribute()
    filed_at = UnicodeAttribute()
    filed_by = UnicodeAttribute()
    # Classes filed before there was the index have none; nobody is reminded of them.
    starts_on = UnicodeAttribute(null=True)
    kind = UnicodeAttribute(null=True)
    exam_on = UnicodeAttribute(null=True)

    by_institution = _ByInstitution()
    by_start = _ByStart()


def load(class_id: ClassId) -> TrainingClass:
    """A class as it stands; NotFound."""
    try:
        return _read(_Class.get(class_id, consistent_read=True))
    except _Class.DoesNotExist:
        raise NotFound("class") from None


def load_all(class_ids: Iterable[ClassId]) -> list[TrainingClass]:
    """Those of the classes that exist, in no particular order."""
    return [_read(item) for item in _Class.batch_get(list(class_ids), consistent_read=True)]


def of_institution(
    institution_id: OrganisationId, after: str, limit: int
) -> tuple[list[ClassId], str]:
    """At most `limit` classes of an institution, as the index knows, and the next page's start."""
    found = pages.page(_Class.by_institution, {"institution_id": institution_id}, after, limit)
    return [ClassId(listed) for listed in found[0]], found[1]


def starting_on(day: date) -> list[ClassId]:
    """The classes whose first lesson is on that day, as the index knows them."""
    return [ClassId(item.id) for item in _Class.by_start.query(day.isoformat())]


def create(filed: TrainingClass, path: str, command: Command) -> None:
    """Keeps a class and the key it was filed under, together; Lost where either exists."""

    def fill(transaction: TransactWrite) -> None:
        transaction.save(_written(filed), condition=_Class.id.does_not_exist())
        requests.remember_within(
            transaction, command.actor, path, command.key, command.body, filed.id
        )

    def applied() -> bool:
        known = requests.remembered(command.actor, path, command.key)
        return known == (command.body, filed.id)

    transact.together(fill, applied)


def take_seat_within(transaction: TransactWrite, class_id: ClassId) -> None:
    """Takes one seat; the transaction fails where the class is full."""
    transaction.update(
        _Class(id=class_id),
        [_Class.seats_taken.set(_Class.seats_taken + 1)],
        condition=_Class.seats_taken < _Class.capacity,
    )


def _written(filed: TrainingClass) -> _Class:
    return _Class(
        id=filed.id,
        institution_id=filed.institution_id,
        class_no=filed.class_no,
        programme=filed.programme,
        site_no=filed.site_no,
        site=asdict(filed.site),
        district=filed.district,
        occupation=filed.occupation,
        level=filed.level,
        capacity=filed.capacity,
        seats_taken=filed.seats_taken,
        lessons=[_kept(lesson) for lesson in filed.lessons],
        filed_at=filed.filed_at,
        filed_by=filed.filed_by,
        starts_on=filed.starts_on.isoformat(),
        kind=filed.kind,
        exam_on=filed.exam_on and filed.exam_on.isoformat(),
    )


def _kept(lesson: Lesson) -> list[str]:
    """Beginning and end; of a lesson online or of practice also its mode and part."""
    kept = [calendar.text(lesson.starts_at), calendar.text(lesson.ends_at)]
    if (lesson.mode, lesson.part) != (Mode.OFFLINE, Part.THEORY):
        kept += [lesson.mode.value, lesson.part.value]
    return kept


def _lesson(no: int, starts_at: str, ends_at: str, mode: str = "", part: str = "") -> Lesson:
    return Lesson(
        no,
        calendar.instant(starts_at),
        calendar.instant(ends_at),
        Mode(mode or Mode.OFFLINE),
        Part(part or Part.THEORY),
    )


def _read(item: _Class) -> TrainingClass:
    site = item.site
    return TrainingClass(
        id=ClassId(item.id),
        institution_id=OrganisationId(item.institution_id),
        class_no=item.class_no,
        programme=item.programme,
        site_no=item.site_no,
        site=Site(Degrees(**site["point"]), Datum(site["datum"]), site["radius_m"]),
        district=item.district,
        occupation=item.occupation,
        level=int(item.level),
        capacity=int(item.capacity),
        seats_taken=int(item.seats_taken),
        lessons=tuple(_lesson(no, *kept) for no, kept in enumerate(item.lessons, 1)),
        filed_at=item.filed_at,
        filed_by=item.filed_by,
        kind=item.kind,
        exam_on=date.fromisoformat(item.exam_on) if item.exam_on else None,
    )

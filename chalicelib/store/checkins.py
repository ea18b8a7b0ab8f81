"""Check-ins (打卡签到): one record per lesson and learner, with its attempts inside.

A record that is not good and the case that says so are written together, and so are the attempt
that makes it good and the end of that case.
"""

from collections.abc import Iterable

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.transactions import TransactWrite

from chalicelib import settings
from chalicelib.rules.attendance import Attempt, Outcome, Record
from chalicelib.rules.cases import Case
from chalicelib.rules.ids import ClassId, VoucherId

from . import cases, transact
from .table import Table


class _CheckIn(Table):
    class Meta:
        table_name = settings.load().checkins_table

    lesson = UnicodeAttribute(hash_key=True)
    voucher_id = UnicodeAttribute(range_key=True)
    class_id = UnicodeAttribute()
    lesson_no = NumberAttribute()
    outcome = UnicodeAttribute()
    tries = NumberAttribute()
    attempts = JSONAttribute()


def _lesson(class_id: ClassId, lesson_no: int) -> str:
    return f"{class_id}#{lesson_no}"


def load(class_id: ClassId, lesson_no: int, voucher_id: VoucherId) -> Record:
    """The record of a learner for a lesson; one without attempts where there is none yet."""
    try:
        item = _CheckIn.get(_lesson(class_id, lesson_no), voucher_id, consistent_read=True)
    except _CheckIn.DoesNotExist:
        return Record(class_id, lesson_no, voucher_id, ())
    return _read(item)


def load_all(keys: Iterable[tuple[ClassId, int, VoucherId]]) -> list[Record]:
    """Those of the records that exist, in no particular order."""
    wanted = [(_lesson(class_id, no), voucher_id) for class_id, no, voucher_id in keys]
    return [_read(item) for item in _CheckIn.batch_get(wanted, consistent_read=True)]


def _read(item: _CheckIn) -> Record:
    attempts = (
        Attempt(**{**attempt, "outcome": Outcome(attempt["outcome"])}) for attempt in item.attempts
    )
    voucher_id = VoucherId(item.voucher_id)
    return Record(ClassId(item.class_id), int(item.lesson_no), voucher_id, tuple(attempts))


def save(before: Record, after: Record, opened: Case | None, closed: Case | None) -> None:
    """Keeps one more attempt, with the case it opens or the case it ends; Lost if outrun."""
    item = _CheckIn(
        lesson=_lesson(after.class_id, after.lesson_no),
        voucher_id=after.voucher_id,
        class_id=after.class_id,
        lesson_no=after.lesson_no,
        outcome=after.outcome.value,
        tries=len(after.attempts),
        attempts=[vars(attempt) for attempt in after.attempts],
    )
    condition = (
        _CheckIn.tries == len(before.attempts)
        if before.attempts
        else _CheckIn.lesson.does_not_exist()
    )

    def applied() -> bool:
        kept = load(after.class_id, after.lesson_no, after.voucher_id)
        return kept.attempts[: len(after.attempts)] == after.attempts

    if opened is None and closed is None:
        transact.write(lambda: item.save(condition=condition), applied)
        return

    def fill(transaction: TransactWrite) -> None:
        transaction.save(item, condition=condition)
        if opened:
            cases.open_within(transaction, opened)
        if closed:
            cases.close_within(transaction, closed)

    transact.together(fill, applied)

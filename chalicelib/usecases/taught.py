"""What became of vouchers in their classes: the class of each, and its learner's check-ins."""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.rules.attendance import Record
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.teaching import TrainingClass
from chalicelib.rules.voucher import Voucher
from chalicelib.store import checkins, classes


@dataclass(frozen=True)
class Taught:
    """A voucher in its class, with the records of the lessons its holder signed in to."""

    voucher: Voucher
    into: TrainingClass
    records: tuple[Record, ...]


def taught(found: Iterable[Voucher]) -> dict[VoucherId, Taught]:
    """Those of the vouchers that were enrolled in a class, by id; records in lessons' order."""
    enrolled = {voucher.id: voucher for voucher in found if voucher.terms.class_id}
    wanted = {voucher.terms.class_id for voucher in enrolled.values() if voucher.terms.class_id}
    filed = {into.id: into for into in classes.load_all(wanted)}
    into_of = {
        voucher.id: filed[voucher.terms.class_id]
        for voucher in enrolled.values()
        if voucher.terms.class_id in filed
    }
    keys = ((into.id, lesson.no, key) for key, into in into_of.items() for lesson in into.lessons)
    records: dict[VoucherId, list[Record]] = {key: [] for key in into_of}
    for record in checkins.load_all(keys):
        records[record.voucher_id].append(record)
    return {
        key: Taught(enrolled[key], into, tuple(sorted(records[key], key=lambda r: r.lesson_no)))
        for key, into in into_of.items()
    }

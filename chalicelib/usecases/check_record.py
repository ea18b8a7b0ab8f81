"""Check a printed record (核验档案): anybody who holds the paper may ask whether it is genuine."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.rules import record
from chalicelib.rules.ids import RecordCode
from chalicelib.rules.person import Masks
from chalicelib.rules.record import Print
from chalicelib.store import records

from . import read_record


@dataclass(frozen=True)
class Checked:
    """A genuine print: what it is, for whom (masked), and whether the record changed since."""

    made: Print
    masks: Masks
    changed_since: bool


def check_record(code: RecordCode, now: datetime) -> Checked | None:
    """What the city knows of the print, or None where it never made it."""
    made = records.find(code)
    if made is None:
        return None
    now_told = read_record.of(made.person_id, now)
    changed = record.digest(now_told.entries) != made.digest
    return Checked(made, now_told.person.masks, changed)

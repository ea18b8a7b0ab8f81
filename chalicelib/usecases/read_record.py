"""Read the training record (培训档案): everything a person's vouchers tell, of all years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.rules import calendar, ids, record
from chalicelib.rules.ids import OrganisationId, PersonId
from chalicelib.rules.person import Person
from chalicelib.rules.principal import Principal
from chalicelib.rules.record import Entry, Print, Totals
from chalicelib.rules.voucher import Voucher
from chalicelib.store import organisations, payments, people, programmes, records

from .show import held_ever
from .taught import taught


@dataclass(frozen=True)
class TrainingRecord:
    """A person's record as it stands, with the names of what it mentions.

    `programmes` has a programme's names by language.
    """

    person: Person
    entries: tuple[Entry, ...]
    totals: Totals
    programmes: Mapping[str, Mapping[str, str]]
    institutions: Mapping[OrganisationId, str]
    at: datetime


def own(principal: Principal, now: datetime) -> tuple[TrainingRecord, Print | None]:
    """The caller's own record, and the print of just this content if he had one made."""
    found = of(principal.worker_id, now)
    code = ids.record_code(found.person.id, record.digest(found.entries))
    return found, records.find(code)


def of(person_id: PersonId, now: datetime) -> TrainingRecord:
    """A person's record; NotFound where nobody is registered under the id."""
    person, today = people.load(person_id), calendar.civil_date(now)
    entries = record.newest_first(_entries(held_ever(person_id, now), now))
    return TrainingRecord(
        person=person,
        entries=entries,
        totals=record.totals(entries),
        programmes={
            entry.programme: programmes.current(entry.programme, today).names for entry in entries
        },
        institutions=organisations.names(
            {entry.course.institution_id for entry in entries if entry.course}
        ),
        at=now,
    )


def _entries(found: Sequence[Voucher], now: datetime) -> list[Entry]:
    wanted = [voucher.line_of(share) for voucher in found for share in voucher.terms.owed]
    lines = {line.id: line for line in payments.load_all(wanted)}
    courses = taught(found)
    entries = []
    for voucher in found:
        course = courses.get(voucher.id)
        into, records_ = (course.into, course.records) if course else (None, ())
        owed = [voucher.line_of(share) for share in voucher.terms.owed]
        own = [lines[line_id] for line_id in owed if line_id in lines]
        entries.append(record.entry(voucher, into, records_, own, now))
    return entries

"""The lifelong training record (终身职业技能电子培训档案, notice 一): what the vouchers tell.

Pure: vouchers, classes, check-ins and payment lines in, entries and totals out. Names of
programmes and institutions, and how it looks on paper, are for others.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from . import attendance, calendar, history
from .attendance import Attendance, Record
from .ids import ClassId, OrganisationId, PersonId, RecordCode, VoucherId
from .line import Line, LineState, day_of
from .moves import Shape, State, Verb
from .teaching import TrainingClass
from .voucher import Voucher


@dataclass(frozen=True)
class Course:
    """The class a voucher was enrolled in."""

    class_id: ClassId
    class_no: str
    institution_id: OrganisationId
    starts_on: date
    ends_on: date
    attendance: Attendance


@dataclass(frozen=True)
class Result:
    """What the assessment body said (考核鉴定); a certificate only where it was passed."""

    assessed_on: date
    passed: bool
    certificate_no: str | None


@dataclass(frozen=True)
class Payment:
    """The subsidy paid on a voucher: how much, to whom, where it stands, when it arrived."""

    amount_fen: int
    payee: str
    state: LineState
    paid_on: date | None


@dataclass(frozen=True)
class Entry:
    """One voucher of the record."""

    voucher_id: VoucherId
    version: int
    programme: str
    period: str
    shape: Shape
    state: State
    issued_on: date
    changed_on: date
    occupation: str | None
    level: int | None
    course: Course | None
    result: Result | None
    payments: tuple[Payment, ...]  # one of each fund, the voucher's own fund first


@dataclass(frozen=True)
class Totals:
    """What entries come to; money counts once the bank has confirmed it."""

    vouchers: int
    courses: int
    lessons_signed: int
    certificates: int
    paid_fen: int


@dataclass(frozen=True)
class Print:
    """A printed record that can be checked: its code, whose it is, what it came to, when.

    `channel` is the client it was asked through; prints made before that was kept have none.
    """

    code: RecordCode
    person_id: PersonId
    digest: str
    made_at: str
    totals: Totals
    channel: str = ""


def entry(
    voucher: Voucher,
    into: TrainingClass | None,
    records: Sequence[Record],
    lines: Sequence[Line],
    now: datetime,
) -> Entry:
    """A voucher with its class, the learner's check-ins there and its payment lines."""
    events = history.events(voucher.history)
    return Entry(
        voucher_id=voucher.id,
        version=voucher.version,
        programme=voucher.programme,
        period=voucher.period,
        shape=voucher.shape,
        state=voucher.state,
        issued_on=_day(events[0].at),
        changed_on=_day(events[-1].at),
        occupation=voucher.terms.occupation,
        level=voucher.terms.level,
        course=_course(into, records, now) if into else None,
        result=_result(voucher),
        payments=tuple(_payment(line) for line in lines),
    )


def newest_first(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The order of the record: what changed last comes first, equal days by voucher id."""
    by_id = sorted(entries, key=lambda found: found.voucher_id)
    return tuple(sorted(by_id, key=lambda found: found.changed_on, reverse=True))


def totals(entries: Sequence[Entry]) -> Totals:
    """The sums of these entries."""
    courses = [found.course for found in entries if found.course]
    certificates = [found for found in entries if found.result and found.result.certificate_no]
    payments = [paid for found in entries for paid in found.payments]
    return Totals(
        vouchers=len(entries),
        courses=len(courses),
        lessons_signed=sum(course.attendance.good for course in courses),
        certificates=len(certificates),
        paid_fen=sum(paid.amount_fen for paid in payments if paid.state is LineState.PAID),
    )


def digest(entries: Sequence[Entry]) -> str:
    """What the record says, as a hash: it changes when a voucher, a check-in or a payment does.

    A voucher's version stands for everything in it. Time alone changes nothing.
    """
    facts = [_facts(found) for found in sorted(entries, key=lambda found: found.voucher_id)]
    return sha256(json.dumps(facts, separators=(",", ":")).encode()).hexdigest()


def _facts(found: Entry) -> list[object]:
    signed = found.course and [found.course.attendance.good, found.course.attendance.kept]
    states: list[LineState | None] = [paid.state for paid in found.payments]
    return [found.voucher_id, found.version, signed, *(states or [None])]


def _course(into: TrainingClass, records: Sequence[Record], now: datetime) -> Course:
    return Course(
        class_id=into.id,
        class_no=into.class_no,
        institution_id=into.institution_id,
        starts_on=into.starts_on,
        ends_on=calendar.civil_date(into.lessons[-1].ends_at),
        attendance=attendance.attendance(into.lessons, records, now),
    )


def _result(voucher: Voucher) -> Result | None:
    terms = voucher.terms
    if terms.assessed_on is None:
        return None
    failed = any(event.do == Verb.FAIL for event in history.events(voucher.history))
    certificate_no = None if failed else terms.certificate_no
    return Result(date.fromisoformat(terms.assessed_on), not failed, certificate_no)


def _payment(line: Line) -> Payment:
    # In that state the bank's word was the last event.
    paid_on = day_of(line, -1) if line.state is LineState.PAID else None
    return Payment(line.amount_fen, line.payee, line.state, paid_on)


def _day(at: str) -> date:
    return calendar.civil_date(calendar.instant(at))

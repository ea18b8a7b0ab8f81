"""How a training record looks from outside: masks, entries of all years, and its verification."""

from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from chalicelib.rules import calendar
from chalicelib.rules.line import LineState
from chalicelib.rules.moves import Shape, State

from . import shown
from .texts import Catalogue

if TYPE_CHECKING:
    # Types alone: of all requests only those for a record pay for its rules.
    from chalicelib.rules.record import Course, Entry, Payment, Print, Result
    from chalicelib.usecases.read_record import TrainingRecord


class CourseShown(msgspec.Struct, frozen=True):
    """The class: of its lessons how many are over, signed in well, signed in at all."""

    class_id: shown.ClassId
    class_no: shown.ClassNo
    institution: shown.OrganisationName
    starts_on: shown.Day
    ends_on: shown.Day
    lessons: int
    lessons_over: int
    signed_good: int
    signed: int


class ResultShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the assessment body said."""

    assessed_on: shown.Day
    passed: bool
    certificate_no: Annotated[str, Meta(examples=["2631000000001"])] | None = None


class PaymentShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """The subsidy: to whom it goes, where it stands, and when the bank confirmed it."""

    amount_fen: shown.Fen
    payee: shown.PaidBy
    state: LineState
    paid_on: shown.Day | None = None


class EntryShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """One voucher of the record; what it never came to is left out.

    `top_ups` are what other funds pay beside `payment`.
    """

    voucher_id: shown.VoucherId
    programme: shown.Programme
    programme_name: Annotated[str, Meta(examples=["社会化职业技能培训"])]
    period: Annotated[str, Meta(examples=["2026"])]
    shape: Shape
    state: State
    issued_on: shown.Day
    changed_on: shown.Day
    occupation: shown.Occupation | None = None
    level: int | None = None
    course: CourseShown | None = None
    result: ResultShown | None = None
    payment: PaymentShown | None = None
    top_ups: tuple[PaymentShown, ...] = ()


class TotalsShown(msgspec.Struct, frozen=True):
    """What the entries come to; money counts once the bank has confirmed it."""

    vouchers: int
    courses: int
    lessons_signed: int
    certificates: int
    paid_fen: shown.Fen


class PrintShown(msgspec.Struct, frozen=True):
    """A print that anybody can check at `url`."""

    code: shown.RecordCode
    url: Annotated[
        str, Meta(examples=["https://city.example/v1/records/t-m2k7v4xq5t6w3rj2z7nbcd5yka"])
    ]
    made_at: shown.Instant


class RecordShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """A training record; `verification` where a print of just this content was made."""

    name: Annotated[str, Meta(examples=["张*"])]
    document_number: Annotated[str, Meta(examples=["319***********0018"])]
    district: shown.District
    at: shown.Instant
    totals: TotalsShown
    entries: tuple[EntryShown, ...]
    verification: PrintShown | None = None


def record_view(
    found: "TrainingRecord", made: "Print | None", texts: Catalogue, here: str
) -> RecordShown:
    """A record in the asked language; `here` is the API's own URL."""
    person = found.person
    return RecordShown(
        name=person.masks.name,
        document_number=person.masks.document_number,
        district=person.district,
        at=calendar.text(found.at),
        totals=TotalsShown(**vars(found.totals)),
        entries=tuple(_entry_view(entry, found, texts) for entry in found.entries),
        verification=_verification(made, here) if made else None,
    )


def _verification(made: "Print", here: str) -> PrintShown:
    return PrintShown(made.code, f"{here}/records/{made.code}", made.made_at)


def _entry_view(entry: "Entry", found: "TrainingRecord", texts: Catalogue) -> EntryShown:
    names = found.programmes[entry.programme]
    payments = [_payment_view(paid) for paid in entry.payments]
    return EntryShown(
        voucher_id=entry.voucher_id,
        programme=entry.programme,
        programme_name=names.get(texts.language, entry.programme),
        period=entry.period,
        shape=entry.shape,
        state=entry.state,
        issued_on=entry.issued_on.isoformat(),
        changed_on=entry.changed_on.isoformat(),
        occupation=entry.occupation,
        level=entry.level,
        course=_course_view(entry.course, found) if entry.course else None,
        result=_result_view(entry.result) if entry.result else None,
        payment=payments[0] if payments else None,
        top_ups=tuple(payments[1:]),
    )


def _course_view(course: "Course", found: "TrainingRecord") -> CourseShown:
    return CourseShown(
        class_id=course.class_id,
        class_no=course.class_no,
        institution=found.institutions.get(course.institution_id, course.institution_id),
        starts_on=course.starts_on.isoformat(),
        ends_on=course.ends_on.isoformat(),
        lessons=course.attendance.lessons,
        lessons_over=course.attendance.over,
        signed_good=course.attendance.good,
        signed=course.attendance.kept,
    )


def _result_view(result: "Result") -> ResultShown:
    return ResultShown(result.assessed_on.isoformat(), result.passed, result.certificate_no)


def _payment_view(payment: "Payment") -> PaymentShown:
    paid_on = payment.paid_on.isoformat() if payment.paid_on else None
    return PaymentShown(payment.amount_fen, payment.payee, payment.state, paid_on)

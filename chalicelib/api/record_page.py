"""The training record as a page that prints on exactly one sheet of A4.

Every row has one height and the sheet takes a fixed number of them: what is older than those is
told in one row of sums.
"""

from collections.abc import Sequence

from chalicelib.rules.line import LineState

from . import pages, qr
from .answers import Html
from .pages import Markup, Words, fill
from .record_views import (
    CourseShown,
    EntryShown,
    PaymentShown,
    PrintShown,
    RecordShown,
    ResultShown,
)
from .texts import Catalogue

MOST_ROWS = 12
"""Vouchers that stand in rows of their own."""

_ROW_MM = 14.5
_NONE = "—"


def record_page(told: RecordShown, texts: Catalogue, here: str) -> Html:
    """The record on one sheet, newest first."""
    said = pages.words(texts.language)
    page = fill(
        "record",
        said,
        title=said.say("title"),
        under=said.say("under"),
        row_mm=_ROW_MM,
        verification=_verification(told.verification, said),
        name=told.name,
        document_number=told.document_number,
        district=said.district(told.district),
        at=_minute(told.at),
        **_sums(told),
        entries=_entries(told.entries, said, texts),
        w_how_to_check=said.say("how_to_check", here=here) if told.verification else "",
    )
    return Html(page)


def _sums(told: RecordShown) -> dict[str, object]:
    totals = told.totals
    return {
        "vouchers": totals.vouchers,
        "courses": totals.courses,
        "lessons_signed": totals.lessons_signed,
        "certificates": totals.certificates,
        "paid": _yuan(totals.paid_fen),
    }


def _verification(made: PrintShown | None, said: Words) -> Markup:
    if made is None:
        return fill("record_unverified", said)
    picture = Markup(qr.picture(made.url))
    return fill("record_verification", said, picture=picture, code=_grouped(made.code))


def _entries(entries: Sequence[EntryShown], said: Words, texts: Catalogue) -> Markup:
    if not entries:
        return fill("record_empty", said)
    most = MOST_ROWS if len(entries) <= MOST_ROWS else MOST_ROWS - 1
    rows = Markup("".join(_row(entry, said, texts) for entry in entries[:most]))
    older = _older(entries[most:], said) if entries[most:] else Markup()
    return fill("record_entries", said, rows=rows, older=older)


def _row(entry: EntryShown, said: Words, texts: Catalogue) -> Markup:
    return fill(
        "record_row",
        said,
        programme=entry.programme_name,
        period_state=said.say("period", period=entry.period, state=texts.words[entry.state]),
        occupation=_occupation(entry, said),
        **_course_cells(entry.course, said),
        **_result_cells(entry.result, said),
        **_payment_cells(_payments(entry), said, texts),
    )


def _occupation(entry: EntryShown, said: Words) -> str:
    if entry.occupation is None:
        return _NONE
    # The level first: a long occupation may be cut at its end.
    return f"{said.say(f'level_{entry.level}')} {entry.occupation}" if entry.level else _NONE


def _course_cells(course: CourseShown | None, said: Words) -> dict[str, str]:
    if course is None:
        return {"institution": "", "course": "", "signed": _NONE, "lessons": ""}
    days = {"starts_on": course.starts_on, "ends_on": course.ends_on}
    return {
        "institution": course.institution,
        "course": said.say("class", class_no=course.class_no, **days),
        "signed": said.say("signed", good=course.signed_good, lessons=course.lessons),
        "lessons": said.say("signed_under", over=course.lessons_over),
    }


def _result_cells(result: ResultShown | None, said: Words) -> dict[str, str]:
    if result is None:
        return {"result": _NONE, "assessed": "", "certificate_no": ""}
    return {
        "result": said.say("passed" if result.passed else "failed"),
        "assessed": result.assessed_on,
        "certificate_no": result.certificate_no or "",
    }


def _payments(entry: EntryShown) -> tuple[PaymentShown, ...]:
    return (entry.payment, *entry.top_ups) if entry.payment else ()


def _payment_cells(
    payments: Sequence[PaymentShown], said: Words, texts: Catalogue
) -> dict[str, str]:
    if not payments:
        return {"amount": _NONE, "payment": "", "payee": ""}
    stands = [f"{texts.words[one.state]} {one.paid_on or ''}".strip() for one in payments]
    return {
        "amount": " + ".join(_yuan(one.amount_fen) for one in payments),
        "payment": " / ".join(stands),
        "payee": " / ".join(said.say(f"to_{one.payee}") for one in payments),
    }


def _older(entries: Sequence[EntryShown], said: Words) -> Markup:
    courses = [entry.course for entry in entries if entry.course]
    payments = [one for entry in entries for one in _payments(entry)]
    told = said.say(
        "older",
        vouchers=len(entries),
        first=min(entry.period for entry in entries),
        last=max(entry.period for entry in entries),
        courses=len(courses),
        lessons_signed=sum(course.signed_good for course in courses),
        certificates=sum(bool(entry.result and entry.result.certificate_no) for entry in entries),
        paid=_yuan(sum(one.amount_fen for one in payments if one.state is LineState.PAID)),
    )
    return fill("record_older", said, older=told)


def _grouped(code: str) -> str:
    """A code in groups of four, for those who type it off the paper."""
    prefix, _, told = code.partition("-")
    groups = " ".join(told[at : at + 4] for at in range(0, len(told), 4))
    return f"{prefix}-{groups}"


def _yuan(amount_fen: int) -> str:
    return f"{amount_fen // 100:,}.{amount_fen % 100:02}"


def _minute(at: str) -> str:
    return at[:16].replace("T", " ")

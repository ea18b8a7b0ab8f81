"""Cases: what a district has to look at."""

import re
from typing import Annotated

import msgspec
from chalice.app import Blueprint
from msgspec import Meta

from chalicelib.rules import ids
from chalicelib.rules.cases import Case
from chalicelib.rules.principal import Right
from chalicelib.usecases import list_cases

from . import fields, paging, shown
from .http import Reading, reads

bp = Blueprint(__name__)
_POSITION = re.compile(f"{ids.form('v').pattern}/{ids.form('k').pattern}")


class OpenIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which district's cases, and where the page begins."""

    district: fields.District
    cursor: paging.Cursor = ""
    limit: paging.Limit = paging.MOST


class CaseShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """An irregularity that a person has to decide.

    One of a check-in names class and lesson; one of another's refusal the event it is about.
    """

    case_id: shown.CaseId
    voucher_id: shown.VoucherId
    kind: Annotated[str, Meta(examples=["check-in"])]
    outcome: Annotated[str, Meta(examples=["outside"])]
    opened_at: shown.Instant
    class_id: shown.ClassId | None = None
    lesson_no: int | None = None
    about: Annotated[str, Meta(examples=["s-w6q3r7xk2m5t4vj2z7nbcd5yha"])] = ""


class Cases(msgspec.Struct, frozen=True, omit_defaults=True):
    """A page of cases, and where the next one begins, if there is one."""

    cases: tuple[CaseShown, ...]
    next_cursor: paging.NextCursor | None = None


@reads(
    bp,
    "/cases",
    rights=frozenset({Right.CASE_VIEW}),
    query=OpenIn,
    gives=Cases,
    problems=("bad_cursor", "not_your_district"),
)
def list_open_cases(asked: Reading[OpenIn]) -> Cases:
    """A page of the cases open in a district."""
    query = asked.query
    after = paging.position(query.cursor, _POSITION)
    cases, following = list_cases.open_cases(asked.principal, query.district, after, query.limit)
    return Cases(tuple(_view(case) for case in cases), paging.next_cursor(following))


def _view(case: Case) -> CaseShown:
    return CaseShown(
        case_id=case.id,
        voucher_id=case.voucher_id,
        kind=case.kind,
        class_id=case.class_id,
        lesson_no=case.lesson_no,
        outcome=case.outcome,
        opened_at=case.opened_at,
        about=case.about,
    )

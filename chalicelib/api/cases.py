"""Cases: what a district has to look at."""

from typing import Any

import msgspec
from chalice.app import Blueprint

from chalicelib.rules.cases import Case
from chalicelib.rules.principal import Right
from chalicelib.usecases import list_cases

from . import fields
from .http import Answer, Reading, reads

bp = Blueprint(__name__)


class OpenIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which district's cases, and where the page begins."""

    district: fields.District
    after: fields.CaseCursor = ""


@reads(bp, "/cases", rights=frozenset({Right.CASE_VIEW}), query=OpenIn)
def list_open_cases(asked: Reading[OpenIn]) -> Answer:
    """A page of the cases open in a district."""
    query = asked.query
    cases, after = list_cases.open_cases(asked.principal, query.district, query.after)
    page: Answer = {"cases": [_view(case) for case in cases]}
    return page | ({"next": after} if after else {})


def _view(case: Case) -> dict[str, Any]:
    return {
        "case_id": case.id,
        "voucher_id": case.voucher_id,
        "kind": case.kind,
        "class_id": case.class_id,
        "lesson_no": case.lesson_no,
        "outcome": case.outcome,
        "opened_at": case.opened_at,
    }

"""Candidates: what waits for a proposal in a district, and why what waits longer does."""

import re
from typing import TYPE_CHECKING, Annotated

import msgspec
from chalice.app import Blueprint
from msgspec import Meta

from chalicelib.rules import calendar, ids
from chalicelib.rules.principal import Right

from . import fields, paging, shown
from .http import Reading, reads
from .why.telling import Telling

if TYPE_CHECKING:
    from chalicelib.usecases.candidates import Candidate

bp = Blueprint(__name__)
_POSITION = re.compile(f"[0-9-]{{10}}/{ids.form('v').pattern}")


class WaitingIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of which programme, in which district, and where the page begins."""

    programme: fields.Programme
    district: fields.District
    cursor: paging.Cursor = ""
    limit: paging.Limit = paging.MOST


class CandidateShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """An assessed voucher as it would be settled today.

    `kept_back` is the code of what keeps it from the next proposal, and `text` says it; a voucher
    without one is proposed next.
    """

    voucher_id: shown.VoucherId
    assessed_on: shown.Day
    outcome: shown.Decided
    amount_fen: shown.Fen
    kept_back: Annotated[str, Meta(examples=["result_needed"])] | None = None
    text: Annotated[str, Meta(examples=["等待考核合格的结果。"])] | None = None


class Candidates(msgspec.Struct, frozen=True, omit_defaults=True):
    """A page of candidates under the policy in force, and where the next one begins, if any."""

    policy: shown.PolicyHash
    candidates: tuple[CandidateShown, ...]
    next_cursor: paging.NextCursor | None = None


@reads(
    bp,
    "/candidates",
    rights=frozenset({Right.PROPOSAL_PROPOSE}),
    query=WaitingIn,
    gives=Candidates,
    problems=("bad_cursor", "not_found", "not_your_district"),
)
def list_the_candidates(asked: Reading[WaitingIn]) -> Candidates:
    """A page of the vouchers that wait for a proposal, each with what it comes to today."""
    from chalicelib.usecases import list_candidates

    query = asked.query
    after = paging.position(query.cursor, _POSITION)
    policy, found, following = list_candidates.waiting(
        asked.principal, query.programme, query.district, after, query.limit, asked.now
    )
    told = Telling.of(policy, asked.texts.language, calendar.civil_date(asked.now))
    return Candidates(
        policy.hash, tuple(_view(one, told) for one in found), paging.next_cursor(following)
    )


def _view(found: "Candidate", told: Telling) -> CandidateShown:
    code = found.kept_back
    return CandidateShown(
        voucher_id=found.voucher.id,
        assessed_on=found.voucher.terms.assessed_on or "",
        outcome=found.decision.outcome,
        amount_fen=found.decision.amount_fen,
        kept_back=code or None,
        text=told.reason(code, found.decision.facts) if code else None,
    )

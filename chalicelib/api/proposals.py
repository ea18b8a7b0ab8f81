"""Proposals: a district proposes what is to be paid, the city's finance approves it."""

from typing import Annotated

import msgspec
from chalice.app import Blueprint
from msgspec import Meta

from chalicelib.rules.ids import ProposalId
from chalicelib.rules.principal import Right
from chalicelib.rules.settlement import Proposal, ProposalState
from chalicelib.usecases import approve, propose, show_proposal

from . import fields, shown
from .bodies import Nothing
from .http import Change, Reading, changes, reads

bp = Blueprint(__name__)
_PROPOSERS = frozenset({Right.PROPOSAL_PROPOSE})
_APPROVERS = frozenset({Right.PROPOSAL_APPROVE})
_BY_FUND = {"employment-subsidy": 120000, "district-310101": 40000}


class Proposing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which assessed vouchers are to be proposed."""

    programme: fields.Programme
    district: fields.District


class ProposalShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """A proposal and its sum; once approved, how far the budget reached.

    `by_fund` is what each fund pays of it, where more than one does.
    """

    proposal_id: shown.ProposalId
    programme: shown.Programme
    district: shown.District
    state: ProposalState
    fund: shown.Fund
    year: int
    entries: int
    total_fen: shown.Fen
    approved_entries: int | None = None
    approved_fen: shown.Fen | None = None
    by_fund: Annotated[dict[str, int], Meta(examples=[_BY_FUND])] | None = None


@changes(
    bp,
    "/proposals",
    rights=_PROPOSERS,
    body=Proposing,
    gives=ProposalShown,
    problems=(
        "function_off",
        "not_found",
        "not_in_state",
        "not_your_district",
        "nothing_to_propose",
    ),
)
def propose_settlement(asked: Change[Proposing]) -> ProposalShown:
    """The proposal over the vouchers that wait in the district."""
    body = asked.body
    return _view(propose.propose(asked.principal, body.programme, body.district, asked.command))


@changes(
    bp,
    "/proposals/{proposal_id}/approval",
    rights=_APPROVERS,
    body=Nothing,
    gives=ProposalShown,
    problems=("budget_exhausted", "not_in_state", "same_person"),
    status=200,
)
def approve_proposal(asked: Change[Nothing]) -> ProposalShown:
    """The proposal, approved as far as the budget reaches."""
    proposal_id = ProposalId(asked.path["proposal_id"])
    return _view(approve.approve(asked.principal, proposal_id, asked.command))


@reads(
    bp,
    "/proposals/{proposal_id}",
    rights=_PROPOSERS | _APPROVERS,
    query=Nothing,
    gives=ProposalShown,
)
def show_a_proposal(asked: Reading[Nothing]) -> ProposalShown:
    """A proposal, for those it concerns."""
    proposal_id = ProposalId(asked.path["proposal_id"])
    return _view(show_proposal.show_proposal(asked.principal, proposal_id))


def _view(proposal: Proposal) -> ProposalShown:
    decided = proposal.approver is not None
    approved_fen = sum(entry.amount_fen for entry in proposal.approved)
    by_fund = proposal.by_fund(proposal.approved if decided else proposal.entries)
    return ProposalShown(
        proposal_id=proposal.id,
        programme=proposal.programme,
        district=proposal.district,
        state=proposal.state,
        fund=proposal.fund,
        year=proposal.year,
        entries=len(proposal.entries),
        total_fen=proposal.total_fen,
        approved_entries=proposal.approved_entries if decided else None,
        approved_fen=approved_fen if decided else None,
        by_fund=by_fund if len(by_fund) > 1 else None,
    )

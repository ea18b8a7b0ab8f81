"""Proposals: a district proposes what is to be paid, the city's finance approves it."""

from typing import Any

import msgspec
from chalice.app import Blueprint

from chalicelib.rules.ids import ProposalId
from chalicelib.rules.principal import Right
from chalicelib.rules.settlement import Proposal
from chalicelib.usecases import approve, propose, show_proposal

from . import fields
from .bodies import Nothing
from .http import Answer, Change, Reading, changes, reads

bp = Blueprint(__name__)
_PROPOSERS = frozenset({Right.PROPOSAL_PROPOSE})
_APPROVERS = frozenset({Right.PROPOSAL_APPROVE})


class Proposing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which assessed vouchers are to be proposed."""

    programme: fields.Programme
    district: fields.District


@changes(bp, "/proposals", rights=_PROPOSERS, body=Proposing)
def propose_settlement(asked: Change[Proposing]) -> Answer:
    """The proposal over the vouchers that wait in the district."""
    body = asked.body
    return _view(propose.propose(asked.principal, body.programme, body.district, asked.command))


@changes(bp, "/proposals/{proposal_id}/approval", rights=_APPROVERS, body=Nothing, status=200)
def approve_proposal(asked: Change[Nothing]) -> Answer:
    """The proposal, approved as far as the budget reaches."""
    proposal_id = ProposalId(asked.path["proposal_id"])
    return _view(approve.approve(asked.principal, proposal_id, asked.command))


@reads(bp, "/proposals/{proposal_id}", rights=_PROPOSERS | _APPROVERS, query=Nothing)
def show_a_proposal(asked: Reading[Nothing]) -> Answer:
    """A proposal, for those it concerns."""
    proposal_id = ProposalId(asked.path["proposal_id"])
    return _view(show_proposal.show_proposal(asked.principal, proposal_id))


def _view(proposal: Proposal) -> dict[str, Any]:
    view: dict[str, Any] = {
        "proposal_id": proposal.id,
        "programme": proposal.programme,
        "district": proposal.district,
        "state": proposal.state,
        "fund": proposal.fund,
        "year": proposal.year,
        "entries": len(proposal.entries),
        "total_fen": proposal.total_fen,
    }
    if proposal.approver is None:
        return view
    return view | {
        "approved_entries": proposal.approved_entries,
        "approved_fen": sum(entry.amount_fen for entry in proposal.approved),
    }

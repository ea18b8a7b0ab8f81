"""Propose (审核, 拨付建议): a district's assessed vouchers of one programme, with their amounts.

The proposal is kept as a draft first, then its vouchers are marked one by one, then it is
proposed with those it got: whoever completes a draft comes to the same entries.
"""

from dataclasses import astuple, replace
from typing import Any

from chalicelib.errors import Conflict, Forbidden, KeyReused
from chalicelib.policy import decisions
from chalicelib.rules import calendar, history, ids, settlement, voucher
from chalicelib.rules.functions import Function
from chalicelib.rules.history import Command
from chalicelib.rules.moves import Verb
from chalicelib.rules.principal import Principal, Right
from chalicelib.rules.settlement import Entry, Proposal, ProposalState, ProposalVerb
from chalicelib.rules.voucher import Voucher
from chalicelib.store import programmes, proposals, transact, vouchers

from . import candidates
from .side_by_side import side_by_side

_AS_PROPOSED = 2


def propose(principal: Principal, programme: str, district: str, command: Command) -> Proposal:
    """The proposal over at most 100 vouchers that wait in the district; repeatable by its key.

    Raises Forbidden `not_your_district`, Refused `function_off`, Conflict
    `nothing_to_propose`, NotFound for an unknown programme.
    """
    principal.require(Right.PROPOSAL_PROPOSE)
    if not principal.supervises(district):
        raise Forbidden("not_your_district", facts={"district": district})
    found = proposals.find(ids.proposal_id(command.actor, command.key))
    if found is None:
        found = _draft(programme, district, command)
    if found.body != command.body:
        raise KeyReused
    proposed = complete(found, command)
    if not proposed.entries:
        raise Conflict("nothing_to_propose")
    return settlement.as_of(proposed, _AS_PROPOSED)


def complete(proposal: Proposal, command: Command) -> Proposal:
    """A draft, proposed with the vouchers it got; any other proposal as it is. Repeatable."""
    if proposal.state is not ProposalState.DRAFT:
        return proposal
    known = {
        found.id: found
        for found in vouchers.load_all([entry.voucher_id for entry in proposal.entries])
    }
    own = side_by_side(
        lambda entry: _mark(known[entry.voucher_id], entry, proposal, command), proposal.entries
    )
    kept = tuple(entry for entry, mine in zip(proposal.entries, own, strict=True) if mine)
    verb = ProposalVerb.PROPOSE if kept else ProposalVerb.DROP
    proposed = settlement.move(replace(proposal, entries=kept), verb, command)
    try:
        proposals.save(proposal, proposed)
    except transact.Lost:
        return proposals.load(proposal.id)
    return proposed


def _draft(programme: str, district: str, command: Command) -> Proposal:
    today = calendar.civil_date(command.at)
    policy = programmes.current(programme, today)
    decisions.functions.decide(policy, Function.SETTLE, today).check()
    fund, entries = candidates.entries(programme, district, command.at)
    if not entries:
        raise Conflict("nothing_to_propose")
    proposal = Proposal(
        id=ids.proposal_id(command.actor, command.key),
        programme=programme,
        district=district,
        fund=fund,
        year=today.year,
        state=ProposalState.DRAFT,
        entries=entries,
        approved_entries=0,
        proposer=command.actor,
        approver=None,
        key=command.key,
        body=command.body,
        history=(),
    )
    draft = settlement.drafted(proposal, command)
    try:
        proposals.create(draft)
    except transact.Lost:
        return proposals.load(draft.id)
    return draft


def _mark(found: Voucher, entry: Entry, proposal: Proposal, command: Command) -> bool:
    """Whether the voucher is this proposal's: nobody else moved it since it was computed."""
    if found.version > entry.version:
        return _is_marked(found, entry, proposal)
    facts: dict[str, Any] = {
        "proposal_id": proposal.id,
        "fund": proposal.fund,
        "amount_fen": entry.amount_fen,
    }
    if entry.shares or found.terms.shares:
        facts["shares"] = [list(astuple(share)) for share in entry.shares] or None
    try:
        vouchers.save(found, voucher.move(found, Verb.PROPOSE, command, facts))
    except Conflict:
        return False
    except transact.Lost:
        return _is_marked(vouchers.load(found.id), entry, proposal)
    return True


def _is_marked(found: Voucher, entry: Entry, proposal: Proposal) -> bool:
    """The first event after the entry's version says whose the voucher became."""
    event = history.read(found.history[entry.version])
    return event.do == Verb.PROPOSE and event.set["proposal_id"] == proposal.id

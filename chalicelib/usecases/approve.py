"""Approve (核准): a second person approves a proposal, as far as its funds' year reaches.

The approval and the reservation of its money are one transaction; what does not fit waits for
money (notice 四.(三)).
"""

from chalicelib.errors import Conflict, KeyReused, NotFound
from chalicelib.rules import history, settlement
from chalicelib.rules.history import Command
from chalicelib.rules.ids import ProposalId
from chalicelib.rules.principal import Principal, Right
from chalicelib.rules.settlement import Proposal, ProposalState, ProposalVerb
from chalicelib.store import programmes, proposals, queues, transact

from .show_proposal import supervised

_TRIES = 10
"""Each lost race is another approval of the same fund that went through."""


def approve(principal: Principal, proposal_id: ProposalId, command: Command) -> Proposal:
    """The proposal with its longest prefix of entries that the budget covers approved.

    Raises Forbidden `same_person`, Conflict `budget_exhausted` or `not_in_state`, NotFound for
    another district's.
    """
    principal.require(Right.PROPOSAL_APPROVE)
    for _ in range(_TRIES):
        found = supervised(principal, proposal_id)
        if done := _answered(found, command):
            _hand_on(found)
            return done
        settlement.check_second_person(found, command.actor)
        approved = settlement.approved(found, _covered(found), command)
        try:
            _keep(found, approved)
        except transact.Lost:
            continue
        _hand_on(approved)
        return approved
    raise Conflict("changed_meanwhile")


def _answered(found: Proposal, command: Command) -> Proposal | None:
    """The proposal as this approval left it, or None where the command is new."""
    for event in history.events(found.history):
        if event.do == ProposalVerb.APPROVE and (event.by, event.key) == (
            command.actor,
            command.key,
        ):
            if event.body != command.body:
                raise KeyReused
            return settlement.as_of(found, event.n)
    return None


def _covered(found: Proposal) -> int:
    """How many entries the funds' year covers; Conflict where it is none of a waiting one."""
    available = {fund: _available_fen(fund, found.year) for fund in found.by_fund(found.entries)}
    count, short = settlement.longest_prefix(found, available)
    if count == 0 and found.state is ProposalState.PROPOSED:
        raise Conflict("budget_exhausted", facts={"fund": short, "year": found.year})
    return count


def _available_fen(fund: str, year: int) -> int:
    try:
        return programmes.budget(fund, year).available_fen
    except NotFound:
        return 0


def _keep(found: Proposal, approved: Proposal) -> None:
    def fill(transaction: transact.Transaction) -> None:
        proposals.save_within(transaction, found, approved)
        for fund, fen in approved.by_fund(approved.approved).items():
            programmes.reserve_within(transaction, fund, found.year, fen)

    transact.together(fill, lambda: proposals.is_saved(approved))


def _hand_on(proposal: Proposal) -> None:
    """Asks for the approved proposal to be carried out; asking twice does no harm."""
    if proposal.state is ProposalState.APPROVED:
        queues.send_proposal(proposal.id)

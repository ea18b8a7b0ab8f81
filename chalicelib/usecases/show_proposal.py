"""Show a proposal, to those who may propose or approve it."""

from chalicelib.errors import Forbidden, NotFound
from chalicelib.rules.ids import ProposalId
from chalicelib.rules.principal import Principal, Right
from chalicelib.rules.settlement import Proposal
from chalicelib.store import proposals

_RIGHTS = frozenset({Right.PROPOSAL_PROPOSE, Right.PROPOSAL_APPROVE})


def show_proposal(principal: Principal, proposal_id: ProposalId) -> Proposal:
    """A proposal of a district the caller's office answers for; NotFound for any other."""
    if not principal.rights & _RIGHTS:
        raise Forbidden("right_missing", facts={"right": Right.PROPOSAL_PROPOSE})
    return supervised(principal, proposal_id)


def supervised(principal: Principal, proposal_id: ProposalId) -> Proposal:
    """A proposal of a district the caller's office answers for; NotFound for any other."""
    found = proposals.load(proposal_id)
    if not principal.supervises(found.district):
        raise NotFound("proposal")
    return found

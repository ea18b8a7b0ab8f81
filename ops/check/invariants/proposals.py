"""Proposals: approved by a second person; the history replays to the item and its sums."""

from collections.abc import Iterator

from chalicelib.rules import history
from chalicelib.rules.settlement import (
    PROPOSAL_MOVES,
    Proposal,
    ProposalState,
    ProposalVerb,
)
from ops.check.breach import Breach
from ops.check.city import City, KeptProposal

SECOND_PERSON = "second-person"
REPLAY = "proposal-history"

_MOVES = {verb.value: move for verb, move in PROPOSAL_MOVES.items()}


def breaches(city: City) -> Iterator[Breach]:
    """Self-approval, approval by nobody, and proposals that their history does not explain."""
    for kept in city.proposals.values():
        yield from _second_person(kept)
        yield from _chain(kept)
        yield from _replay(kept)


def _second_person(kept: KeptProposal) -> Iterator[Breach]:
    proposal = kept.proposal
    hands = {event.do: event.by for event in kept.events}
    if proposal.proposer in (proposal.approver, hands.get(ProposalVerb.APPROVE)):
        yield Breach(SECOND_PERSON, kept.where, "approved by its proposer")
    if hands.get(ProposalVerb.DRAFT) != proposal.proposer:
        yield Breach(SECOND_PERSON, kept.where, "its proposer is not who drafted it")
    if hands.get(ProposalVerb.APPROVE) != proposal.approver:
        yield Breach(SECOND_PERSON, kept.where, "its approver is not who approved it")


def _chain(kept: KeptProposal) -> Iterator[Breach]:
    broken = history.broken_at(kept.proposal.history)
    if broken is not None:
        yield Breach(REPLAY, kept.where, f"event {broken} does not follow from the one before it")
    if kept.version != len(kept.events):
        yield Breach(REPLAY, kept.where, f"version {kept.version} with {len(kept.events)} events")


def _replay(kept: KeptProposal) -> Iterator[Breach]:
    first = kept.events[0] if kept.events else None
    if first is None or first.do != ProposalVerb.DRAFT:
        yield Breach(REPLAY, kept.where, "was never drafted")
        return
    state = ProposalState.DRAFT
    for event in kept.events[1:]:
        source, to = _MOVES.get(event.do, (None, None))
        if to is None or state is not source or event.to != to:
            yield Breach(REPLAY, kept.where, f"event {event.n} is no move: {event.do}")
            return
        state = to
    if state is not kept.proposal.state:
        yield Breach(REPLAY, kept.where, f"stands at {kept.proposal.state}, its history at {state}")
    for found in _sums(kept, kept.proposal):
        yield Breach(REPLAY, kept.where, found)


def _sums(kept: KeptProposal, proposal: Proposal) -> Iterator[str]:
    """What the events told of the entries, where it is not what stands in the item."""
    told = {event.do: event.set for event in kept.events}
    proposed = told.get(ProposalVerb.PROPOSE)
    if proposed and proposed.get("total_fen") != proposal.total_fen:
        yield f"entries come to {proposal.total_fen} fen, proposed {proposed.get('total_fen')}"
    approved_fen = sum(entry.amount_fen for entry in proposal.approved)
    stands = {"approved_entries": proposal.approved_entries, "approved_fen": approved_fen}
    approved = told.get(ProposalVerb.APPROVE, {"approved_entries": 0, "approved_fen": 0})
    if approved != stands or proposal.approved_entries > len(proposal.entries):
        yield f"approved are {stands}, its history says {dict(approved)}"

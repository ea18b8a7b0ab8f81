"""Proposals: approved by a second person; each voucher and line carries what its entry says."""

from collections import Counter
from collections.abc import Iterator

from chalicelib.rules.settlement import Entry, Proposal, ProposalState
from chalicelib.rules.voucher import Verb
from ops.check.breach import Breach
from ops.check.city import City

SECOND_PERSON = "second-person"
BOUND = "bound-to-proposal"

_DECIDED = frozenset({ProposalState.APPROVED, ProposalState.SETTLED})


def breaches(city: City) -> Iterator[Breach]:
    """Self-approval, money without an approved entry, vouchers in two proposals."""
    approved = Counter(
        entry.voucher_id for proposal in city.proposals.values() for entry in proposal.approved
    )
    for proposal in city.proposals.values():
        where = f"proposal {proposal.id}"
        yield from _second_person(where, proposal)
        if not 0 <= proposal.approved_entries <= len(proposal.entries):
            yield Breach(BOUND, where, f"approves {proposal.approved_entries} of fewer entries")
        for entry in proposal.approved:
            if approved[entry.voucher_id] > 1:
                yield Breach(BOUND, where, f"approves {entry.voucher_id}, as another one does")
            yield from _voucher(city, where, proposal, entry)
    yield from _hands(city)
    yield from _lines(city)


def _hands(city: City) -> Iterator[Breach]:
    """Whoever proposed a voucher's money did not approve it."""
    for kept in city.vouchers.values():
        hands = ""
        for event in kept.events:
            if event.do == Verb.PROPOSE:
                hands = event.by
            elif event.do == Verb.APPROVE and event.by == hands:
                yield Breach(SECOND_PERSON, kept.where, f"event {event.n} is by its proposer")


def _second_person(where: str, proposal: Proposal) -> Iterator[Breach]:
    decided = proposal.state in _DECIDED
    if proposal.approver is not None and proposal.approver == proposal.proposer:
        yield Breach(SECOND_PERSON, where, "approved by its proposer")
    if decided != (proposal.approver is not None):
        yield Breach(SECOND_PERSON, where, f"{proposal.state} with approver {proposal.approver}")
    if not decided and proposal.approved_entries:
        yield Breach(SECOND_PERSON, where, f"{proposal.state} with approved entries")


def _voucher(city: City, where: str, proposal: Proposal, entry: Entry) -> Iterator[Breach]:
    kept = city.vouchers.get(entry.voucher_id)
    terms = kept and kept.voucher.terms
    bound = terms and (terms.proposal_id, terms.fund, terms.amount_fen)
    if bound != (proposal.id, proposal.fund, entry.amount_fen):
        yield Breach(BOUND, where, f"{entry.voucher_id} is bound otherwise: {bound}")


def _lines(city: City) -> Iterator[Breach]:
    """Every line comes from one approved entry and carries its sum, fund and payee."""
    for line, where in [(kept.line, kept.where) for kept in city.lines.values()]:
        proposal = city.proposals.get(line.proposal_id)
        entries = proposal.approved if proposal else ()
        sums = [entry.amount_fen for entry in entries if entry.voucher_id == line.voucher_id]
        if proposal is None or sums != [line.amount_fen]:
            yield Breach(BOUND, where, f"{line.amount_fen} fen, approved {sums}")
        elif (line.fund, line.year) != (proposal.fund, proposal.year):
            yield Breach(BOUND, where, f"of {line.fund} {line.year}, approved otherwise")
        kept = city.vouchers.get(line.voucher_id)
        if kept and kept.voucher.terms.payee_id != line.payee_id:
            yield Breach(BOUND, where, "its payee is not the voucher's")

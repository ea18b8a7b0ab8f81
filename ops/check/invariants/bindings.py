"""An approved entry, its voucher and its line say the same: proposal, fund, sum and payee."""

from collections import Counter
from collections.abc import Iterator

from chalicelib.rules import ids
from chalicelib.rules.settlement import ProposalState
from ops.check.breach import Breach
from ops.check.city import City, KeptLine, KeptProposal

BOUND = "bound-to-proposal"


def breaches(city: City) -> Iterator[Breach]:
    """Vouchers approved twice or bound otherwise, entries without a line, lines without one."""
    approved = Counter(
        entry.voucher_id for kept in city.proposals.values() for entry in kept.proposal.approved
    )
    for kept in city.proposals.values():
        for voucher_id in (entry.voucher_id for entry in kept.proposal.approved):
            if approved[voucher_id] > 1:
                yield Breach(BOUND, kept.where, f"approves {voucher_id}, as another one does")
        yield from _vouchers(city, kept)
    for line in city.lines.values():
        yield from _line(city, line)


def _vouchers(city: City, kept: KeptProposal) -> Iterator[Breach]:
    proposal = kept.proposal
    for entry in proposal.approved:
        owner = city.vouchers.get(entry.voucher_id)
        terms = owner and owner.voucher.terms
        bound = terms and (terms.proposal_id, terms.fund, terms.amount_fen)
        if bound != (proposal.id, proposal.fund, entry.amount_fen):
            yield Breach(BOUND, kept.where, f"{entry.voucher_id} is bound otherwise: {bound}")
        born = ids.line_id(entry.voucher_id, proposal.fund, 1) in city.lines
        if proposal.state is ProposalState.SETTLED and not born:
            yield Breach(BOUND, kept.where, f"is settled, {entry.voucher_id} has no line")


def _line(city: City, kept: KeptLine) -> Iterator[Breach]:
    line = kept.line
    source = city.proposals.get(line.proposal_id)
    entries = source.proposal.approved if source else ()
    sums = [entry.amount_fen for entry in entries if entry.voucher_id == line.voucher_id]
    if source is None or sums != [line.amount_fen]:
        yield Breach(BOUND, kept.where, f"{line.amount_fen} fen, approved {sums}")
    elif (line.fund, line.year) != (source.proposal.fund, source.proposal.year):
        yield Breach(BOUND, kept.where, f"of {line.fund} {line.year}, approved otherwise")
    owner = city.vouchers.get(line.voucher_id)
    if owner:
        terms = owner.voucher.terms
        if (terms.paid_by, terms.payee_id) != (line.payee, line.payee_id):
            yield Breach(BOUND, kept.where, "its payee is not the voucher's")

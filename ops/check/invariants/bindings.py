"""An approved entry, its voucher and its lines say the same: proposal, funds, sums and payees."""

from collections import Counter
from collections.abc import Iterable, Iterator

from chalicelib.rules import ids
from chalicelib.rules.settlement import ProposalState
from chalicelib.rules.shares import Share
from chalicelib.rules.voucher import Terms
from ops.check.breach import Breach
from ops.check.city import City, KeptLine, KeptProposal

BOUND = "bound-to-proposal"


def breaches(city: City) -> Iterator[Breach]:
    """Vouchers approved twice or bound otherwise, shares without a line, lines without one."""
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
        terms = owner.voucher.terms if owner else Terms()
        bound = terms.proposal_id, terms.fund, terms.amount_fen, terms.owed
        shares = entry.owed(proposal.fund, terms.paid_by or "")
        if bound != (proposal.id, proposal.fund, entry.amount_fen, shares):
            yield Breach(BOUND, kept.where, f"{entry.voucher_id} is bound otherwise: {bound}")
        if shares[0].fund != proposal.fund or sum(_sums(shares)) != entry.amount_fen:
            yield Breach(BOUND, kept.where, f"shares of {entry.voucher_id} are not its amount")
        for share in shares:
            born = ids.line_id(entry.voucher_id, share.fund, 1) in city.lines
            if proposal.state is ProposalState.SETTLED and not born:
                found = f"is settled, {entry.voucher_id} has no line of {share.fund}"
                yield Breach(BOUND, kept.where, found)


def _line(city: City, kept: KeptLine) -> Iterator[Breach]:
    line = kept.line
    source, owner = city.proposals.get(line.proposal_id), city.vouchers.get(line.voucher_id)
    if source is None:
        yield Breach(BOUND, kept.where, "of no proposal")
        return
    proposal, paid_by = source.proposal, owner.voucher.terms.paid_by if owner else None
    shares = [
        share
        for entry in proposal.approved
        if entry.voucher_id == line.voucher_id
        for share in entry.owed(proposal.fund, paid_by or "")
        if share.fund == line.fund
    ]
    if _sums(shares) != [line.amount_fen] or line.year != proposal.year:
        found = f"{line.amount_fen} fen of {line.fund} {line.year}, approved {_sums(shares)}"
        yield Breach(BOUND, kept.where, found)
    elif owner and (shares[0].payee, owner.voucher.payee(line.payee)) != (
        line.payee,
        line.payee_id,
    ):
        yield Breach(BOUND, kept.where, "its payee is not the voucher's")


def _sums(shares: Iterable[Share]) -> list[int]:
    return [share.amount_fen for share in shares]

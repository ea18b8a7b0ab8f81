"""Settle (结算): an approved proposal becomes approved vouchers and payment lines.

Voucher after voucher, each step conditional and repeatable: whoever is killed in between leaves
a proposal that the next run carries on to the same end.
"""

from chalicelib.observability import Log, logger
from chalicelib.rules import line, settlement, voucher
from chalicelib.rules.history import Command
from chalicelib.rules.ids import LineId, OrganisationId, PersonId, ProposalId, VoucherId
from chalicelib.rules.line import Line, LineState
from chalicelib.rules.moves import State, Verb
from chalicelib.rules.settlement import Entry, Proposal, ProposalState, ProposalVerb
from chalicelib.rules.shares import ORGANISATIONS, Share
from chalicelib.rules.voucher import Voucher
from chalicelib.store import (
    cases,
    organisations,
    payments,
    people,
    proposals,
    secrets,
    transact,
    vouchers,
)

from .propose import complete
from .side_by_side import side_by_side

_FIRST = 1
_WORKERS_BANK = ""
"""A social security card's account needs no branch; a company's does."""


def settle(proposal_id: ProposalId, command: Command) -> Proposal:
    """Carries a proposal on as far as it may go: a draft to proposed, an approved one to settled.

    A repeated call changes nothing.
    """
    found = complete(proposals.load(proposal_id), command)
    if found.state is not ProposalState.APPROVED:
        return found
    side_by_side(lambda entry: _carry_out(entry, found, command), found.approved)
    side_by_side(lambda entry: _defer(entry.voucher_id, found, command), found.deferred)
    if found.deferred:
        facts = {"proposal_id": found.id, "entries": len(found.deferred)}
        logger.info("deferred", extra={"log": Log.DEFERRED, **facts})
    settled = settlement.move(found, ProposalVerb.SETTLE, command)
    try:
        proposals.save(found, settled)
    except transact.Lost:
        return proposals.load(proposal_id)
    return settled


def _carry_out(entry: Entry, proposal: Proposal, command: Command) -> None:
    """The voucher approved first, then a line born of each share: due, or held for an open case."""
    approved = _move(entry.voucher_id, Verb.APPROVE, proposal, command, {})
    for share in entry.owed(proposal.fund, approved.terms.paid_by or ""):
        if payments.find(approved.line_of(share)) is None:
            payments.create(_line(share, proposal, approved, command))


def _defer(voucher_id: VoucherId, proposal: Proposal, command: Command) -> None:
    """A voucher without money waits again for the next proposal."""
    _move(voucher_id, Verb.DEFER, proposal, command, {"proposal_id": None})


def _move(
    voucher_id: VoucherId,
    verb: Verb,
    proposal: Proposal,
    command: Command,
    facts: dict[str, None],
) -> Voucher:
    """The voucher, moved if it still waits for what becomes of this proposal."""
    found = vouchers.load(voucher_id)
    if found.state is not State.ASSESSED or found.terms.proposal_id != proposal.id:
        return found
    moved = voucher.move(found, verb, command, facts)
    try:
        vouchers.save(found, moved)
    except transact.Lost:
        return vouchers.load(voucher_id)
    return moved


def _line(share: Share, proposal: Proposal, approved: Voucher, command: Command) -> Line:
    line_id, payee_id = approved.line_of(share), approved.payee(share.payee)
    # Only a voucher whose payees are known becomes a candidate.
    assert payee_id is not None
    held = any(case.holds_payment for case in cases.open_of(approved.id))
    return line.born(
        Line(
            id=line_id,
            voucher_id=approved.id,
            proposal_id=proposal.id,
            fund=share.fund,
            year=proposal.year,
            instalment=_FIRST,
            district=proposal.district,
            amount_fen=share.amount_fen,
            payee=share.payee,
            payee_id=payee_id,
            sealed=_sealed(line_id, share.payee, payee_id, command),
            attempt=_FIRST,
            state=LineState.HELD if held else LineState.DUE,
            history=(),
        ),
        command,
    )


def _sealed(line_id: LineId, payee: str, payee_id: str, command: Command) -> str:
    """Payee and account as they stand at the approval, for the bank alone."""
    why = f"payment {line_id}"
    if payee not in ORGANISATIONS:
        person = PersonId(payee_id)
        known = secrets.unseal_person(person, people.sealed(person), command, why)
        return secrets.seal_for_bank(line_id, known.name.reveal(), known.account, _WORKERS_BANK)
    company = OrganisationId(payee_id)
    paid_to = secrets.unseal_organisation(company, organisations.sealed(company), command, why)
    name, branch = paid_to.account_name, paid_to.branch_code
    return secrets.seal_for_bank(line_id, name, paid_to.account, branch)

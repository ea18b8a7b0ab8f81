"""Candidates: the assessed vouchers of a district, each with the amount it comes to (三.(四)).

Those without an amount, or without anybody's account to pay to, are left waiting.
"""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice

from chalicelib.errors import NotFound
from chalicelib.policy import Policy, decisions
from chalicelib.rules import calendar, plain, trace
from chalicelib.rules.amount import whole
from chalicelib.rules.due import settle_work
from chalicelib.rules.ids import OrganisationId
from chalicelib.rules.line import ORGANISATIONS
from chalicelib.rules.moves import State
from chalicelib.rules.settlement import ENTRIES, Entry
from chalicelib.rules.shares import Share
from chalicelib.rules.voucher import Voucher
from chalicelib.store import organisations, people, programmes, vouchers

from .situated import situated

_LOOKED_AT = 500


def entries(programme: str, district: str, now: datetime) -> tuple[str, tuple[Entry, ...]]:
    """A fund and at most one proposal's entries to be paid from it.

    Who was assessed first comes first, then by voucher id; the fund is the first one's.
    """
    today = calendar.civil_date(now)
    policy = programmes.current(programme, today)
    listed = vouchers.due(settle_work(programme, district), calendar.text(now), _LOOKED_AT)
    if not listed:
        return "", ()
    found = vouchers.load_all(dict.fromkeys(listed))
    found.sort(key=lambda voucher: (voucher.terms.assessed_on or "", voucher.id))
    priced = _priced(found, policy, today)
    fund, head = next(priced, ("", None))
    if head is None:
        return "", ()
    others = (entry for from_fund, entry in priced if from_fund == fund)
    return fund, (head, *islice(others, ENTRIES - 1))


def _priced(found: list[Voucher], policy: Policy, today: date) -> Iterator[tuple[str, Entry]]:
    for voucher in found:
        if voucher.state is State.ASSESSED and voucher.terms.proposal_id is None:
            priced = _entry(voucher, policy, today)
            if priced:
                yield priced


def _entry(voucher: Voucher, policy: Policy, today: date) -> tuple[str, Entry] | None:
    """The fund and the entry of a voucher that is due as a whole; None where it has to wait."""
    situation = situated(voucher, people.load(voucher.person_id))
    decision = decisions.settle.decide(policy, situation, today)
    owed = whole.shares(decision)
    if whole.kept_back(decision) or not all(_payable(voucher, share) for share in owed):
        return None
    alone = len(owed) == 1 and owed[0].payee == voucher.terms.paid_by
    return owed[0].fund, Entry(
        voucher_id=voucher.id,
        amount_fen=decision.amount_fen,
        policy=policy.hash,
        version=voucher.version,
        on=today.isoformat(),
        inputs=plain.plain(situation),
        why=trace.digest(decision.trace),
        person_id=voucher.person_id,
        shares=() if alone else owed,
    )


def _payable(voucher: Voucher, share: Share) -> bool:
    """Whether the payee is known and has an account; every registered worker has."""
    payee_id = voucher.payee(share.payee)
    if payee_id is None or share.payee not in ORGANISATIONS:
        return payee_id is not None
    try:
        return organisations.load(OrganisationId(payee_id)).account_mask is not None
    except NotFound:
        return False

"""Candidates: the assessed vouchers of a district, each with the amount it comes to (三.(四)).

Those without an amount, or without anybody's account to pay to, are left waiting; each says why.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from chalicelib.errors import NotFound
from chalicelib.policy import Policy, decisions
from chalicelib.rules import calendar, plain, trace
from chalicelib.rules.amount import whole
from chalicelib.rules.decision import AmountDecision
from chalicelib.rules.due import settle_work
from chalicelib.rules.ids import OrganisationId
from chalicelib.rules.moves import State
from chalicelib.rules.settlement import ENTRIES, Entry
from chalicelib.rules.shares import ORGANISATIONS, Share
from chalicelib.rules.situation import Situation
from chalicelib.rules.voucher import Voucher
from chalicelib.store import organisations, programmes, vouchers

from .situated import situated

_LOOKED_AT = 500
_WEIGHED_AT_ONCE = 100


@dataclass(frozen=True)
class Candidate:
    """An assessed voucher, what it comes to, and the code of what keeps it from a proposal."""

    voucher: Voucher
    situation: Situation
    decision: AmountDecision
    kept_back: str


def entries(programme: str, district: str, now: datetime) -> tuple[str, tuple[Entry, ...]]:
    """A fund and at most one proposal's entries to be paid from it.

    Who was assessed first comes first, then by voucher id; the fund is the first one's.
    """
    today = calendar.civil_date(now)
    policy = programmes.current(programme, today)
    listed = vouchers.due(settle_work(programme, district), calendar.text(now), _LOOKED_AT)
    if not listed:
        return "", ()
    priced = _priced(vouchers.load_all(dict.fromkeys(listed)), policy, today)
    fund, head = next(priced, ("", None))
    if head is None:
        return "", ()
    others = (entry for from_fund, entry in priced if from_fund == fund)
    return fund, (head, *islice(others, ENTRIES - 1))


def weighed(found: Sequence[Voucher], policy: Policy, today: date) -> Iterator[Candidate]:
    """Those that wait for a proposal, each with what it comes to that day, in their order."""
    waiting = [
        one for one in found if one.state is State.ASSESSED and one.terms.proposal_id is None
    ]
    waiting.sort(key=lambda voucher: (voucher.terms.assessed_on or "", voucher.id))
    for first in range(0, len(waiting), _WEIGHED_AT_ONCE):
        part = waiting[first : first + _WEIGHED_AT_ONCE]
        known = situated(part, policy, today)
        for one in part:
            decision = decisions.settle.decide(policy, known[one.id], today)
            yield Candidate(one, known[one.id], decision, _kept_back(one, decision))


def _kept_back(found: Voucher, decision: AmountDecision) -> str:
    if code := whole.kept_back(decision):
        return code
    payable = all(_payable(found, share) for share in whole.shares(decision))
    return "" if payable else "no_account"


def _priced(found: Sequence[Voucher], policy: Policy, today: date) -> Iterator[tuple[str, Entry]]:
    """The fund and the entry of each that can be proposed.

    Where an amount depends on what the same person's others come to, one of them at a time.
    """
    one_each, seen = "earlier" in policy.asked, set()
    for candidate in weighed(found, policy, today):
        person_id = candidate.voucher.person_id
        if candidate.kept_back or (one_each and person_id in seen):
            continue
        seen.add(person_id)
        yield whole.shares(candidate.decision)[0].fund, _entry(candidate, policy, today)


def _entry(candidate: Candidate, policy: Policy, today: date) -> Entry:
    voucher, decision = candidate.voucher, candidate.decision
    owed = whole.shares(decision)
    alone = len(owed) == 1 and owed[0].payee == voucher.terms.paid_by
    return Entry(
        voucher_id=voucher.id,
        amount_fen=sum(share.amount_fen for share in owed),
        policy=policy.hash,
        version=voucher.version,
        on=today.isoformat(),
        inputs=plain.plain(candidate.situation),
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

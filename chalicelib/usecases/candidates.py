"""Candidates: the assessed vouchers of a district, each with the amount it comes to (三.(四)).

Those without an amount, or without anybody's account to pay to, are left waiting.
"""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice

from chalicelib.errors import NotFound
from chalicelib.policy import Policy
from chalicelib.rules import amount, calendar
from chalicelib.rules.due import settle_work
from chalicelib.rules.ids import OrganisationId
from chalicelib.rules.moves import State
from chalicelib.rules.settlement import ENTRIES, Entry
from chalicelib.rules.voucher import Voucher
from chalicelib.store import organisations, people, programmes, vouchers

_LOOKED_AT = 500


def entries(programme: str, district: str, now: datetime) -> tuple[Entry, ...]:
    """At most one proposal's entries: who was assessed first comes first, then by voucher id."""
    policy = programmes.current(programme, calendar.civil_date(now))
    listed = vouchers.due(settle_work(programme, district), calendar.text(now), _LOOKED_AT)
    if not listed:
        return ()
    found = vouchers.load_all(dict.fromkeys(listed))
    found.sort(key=lambda voucher: (voucher.terms.assessed_on or "", voucher.id))
    return tuple(islice(_priced(found, policy), ENTRIES))


def _priced(found: list[Voucher], policy: Policy) -> Iterator[Entry]:
    for voucher in found:
        if voucher.state is State.ASSESSED and voucher.terms.proposal_id is None:
            entry = _entry(voucher, policy)
            if entry and entry.amount_fen > 0 and _payable(voucher):
                yield entry


def _entry(voucher: Voucher, policy: Policy) -> Entry | None:
    terms = voucher.terms
    if terms.judged_on is None or terms.occupation is None or terms.level is None:
        return None
    judged_on = date.fromisoformat(terms.judged_on)
    if policy.value("standard", judged_on) is None:
        return None
    person = people.load(voucher.person_id)
    found = amount.compute(
        policy.amounts(judged_on), person, judged_on, terms.occupation, terms.level
    )
    if found is None:
        return None
    return Entry(
        voucher_id=voucher.id,
        amount_fen=found.amount_fen,
        policy=policy.hash,
        judged_on=terms.judged_on,
        occupation=terms.occupation,
        level=terms.level,
        standard_fen=found.standard_fen,
        uplift_percent=found.uplift_percent,
        ratio_percent=found.ratio_percent,
        version=voucher.version,
    )


def _payable(voucher: Voucher) -> bool:
    """Whether the payee has an account; every registered worker has."""
    terms = voucher.terms
    if terms.payee_id is None or terms.paid_by == "worker":
        return terms.payee_id is not None
    try:
        return organisations.load(OrganisationId(terms.payee_id)).account_mask is not None
    except NotFound:
        return False

"""Claim (领取): a worker takes the voucher issued to him, or has one issued on the spot.

Notice 二.(一): who qualifies for subsidised training gets the subsidy kind, everybody else the
check-in kind.
"""

from datetime import date

from chalicelib.errors import Refused
from chalicelib.policy import Policy
from chalicelib.rules import calendar, eligibility, ids, voucher
from chalicelib.rules.eligibility import ELIGIBLE, LIMIT, OTHERS
from chalicelib.rules.history import Command
from chalicelib.rules.moves import Verb
from chalicelib.rules.person import Person
from chalicelib.rules.principal import Principal
from chalicelib.rules.voucher import Voucher
from chalicelib.store import entitlements, people, programmes, transact, vouchers

from .blank import blank
from .keep import after_a_race, keep
from .repeats import answered
from .validity import check_valid

_FIRST = 1


def claim(principal: Principal, programme: str, command: Command) -> Voucher:
    """The caller's voucher of this programme and period, claimed.

    Raises Refused `not_eligible`, `eligible_for_money`, `voucher_expired`, `no_period` or
    `limit_reached`, Conflict `not_in_state`, NotFound for an unknown programme or person.
    """
    today = calendar.civil_date(command.at)
    policy = programmes.current(programme)
    person = people.load(principal.worker_id)
    period = policy.period(today)
    if period is None:
        raise Refused("no_period", ELIGIBLE, facts={"programme": programme})
    wanted = ids.voucher_id(person.id, programme, period.name, _FIRST)
    for found in vouchers.load_all([wanted]):
        return answered(found, command) or _take(found, command)
    _check_eligible(policy, person, today)
    group = eligibility.counted_group(policy.eligible(today), person, today)
    fresh = voucher.issue(blank(person, policy, period, _FIRST, group), command)
    return _create(voucher.move(fresh, Verb.CLAIM, command, {}), policy, command)


def _take(found: Voucher, command: Command) -> Voucher:
    check_valid(found, command.at)
    return keep(found, voucher.move(found, Verb.CLAIM, command, {}), command)


def _check_eligible(policy: Policy, person: Person, today: date) -> None:
    """Raises Refused where the programme is not for this person today."""
    other = policy.value("not_eligible_for", today)
    if other is None:
        if not eligibility.eligible(policy.eligible(today), person, today):
            raise Refused("not_eligible", ELIGIBLE, facts={"programme": policy.programme})
    elif eligibility.eligible(programmes.current(other).eligible(today), person, today):
        raise Refused("eligible_for_money", OTHERS, facts={"programme": other})


def _create(claimed: Voucher, policy: Policy, command: Command) -> Voucher:
    """Keeps a new voucher, together with the person's entitlement where a limit counts it."""
    limit = policy.value("subsidy_vouchers_per_year", calendar.civil_date(command.at))
    counted = f"{claimed.programme}/{claimed.ordinal}"

    def fill(transaction: transact.Transaction) -> None:
        year = command.at.year
        entitlements.count_within(transaction, claimed.person_id, year, counted, limit)
        vouchers.create_within(transaction, claimed)

    try:
        if limit is None:
            vouchers.create(claimed)
        else:
            transact.together(fill, lambda: vouchers.is_saved(claimed))
    except transact.Lost:
        if vouchers.load_all([claimed.id]):
            return after_a_race(claimed, command)
        raise Refused("limit_reached", LIMIT, facts={"limit": limit}) from None
    return claimed

"""Claim (领取): a worker takes the voucher issued to him, or has one issued on the spot.

Notice 二.(一): who qualifies for subsidised training gets the subsidy kind, everybody else the
check-in kind.
"""

from collections.abc import Mapping
from datetime import date

from chalicelib.errors import Refused
from chalicelib.policy import Policy, decisions, opening
from chalicelib.policy.limits import ordinals
from chalicelib.rules import calendar, eligibility, ids, voucher
from chalicelib.rules.eligibility import ELIGIBLE
from chalicelib.rules.functions import Function
from chalicelib.rules.history import Command
from chalicelib.rules.ids import PersonId
from chalicelib.rules.limits import PER_PERIOD
from chalicelib.rules.moves import State, Verb
from chalicelib.rules.principal import Principal
from chalicelib.rules.situation import Course, Earlier, Situation
from chalicelib.rules.voucher import Voucher
from chalicelib.store import entitlements, people, programmes, transact, vouchers

from . import entitle
from .blank import blank
from .keep import after_a_race, keep
from .repeats import answered
from .validity import check_valid

ANYTHING = Course()
"""What a worker means to learn who does not say."""


def claim(
    principal: Principal, programme: str, command: Command, wanted: Course = ANYTHING
) -> Voucher:
    """The caller's voucher of this programme and period, claimed.

    `wanted` is what he means to learn, as far as he says; it is judged, not kept. Raises Refused
    `function_off`, `voucher_expired`, `period_limit_reached` and what the decisions of claim and
    limit say, Conflict `not_in_state`, NotFound for an unknown programme or person.
    """
    today = calendar.civil_date(command.at)
    policy = programmes.current(programme, today)
    person = people.load(principal.worker_id)
    period = policy.period(today)
    if period is None:
        raise Refused("no_period", ELIGIBLE, facts={"programme": programme})
    known = _known(person.id, policy, period.name, today)
    for one in known.values():
        if done := answered(one, command):
            return done
    free = _free(known, policy, today)
    situation = Situation(person.known, wanted, earlier=_earlier(person.id, wanted))
    if isinstance(free, Voucher):
        if free.state is State.ISSUED:
            decisions.claim.course(policy, situation, today).check()
        return _take(free, policy, command)
    for function in (Function.ISSUE, Function.CLAIM):
        decisions.functions.decide(policy, function, today).check()
    others = programmes.those(policy.read("not_eligible_for", today) or (), today)
    found = decisions.claim.open_to(policy, situation, today, others)
    found.check()
    decisions.claim.course(policy, situation, today).check()
    group = eligibility.counted_group(policy.eligible(today), situation, today)
    judged = opening.kept(policy, others.values(), situation, opening.why(found), today)
    fresh = voucher.issue(blank(person, policy, period, free, group, today), command, judged)
    return _create(voucher.move(fresh, Verb.CLAIM, command, {}), policy, command)


def _earlier(person_id: PersonId, wanted: Course) -> tuple[Earlier, ...]:
    """The courses he had, where it is known what he means to learn."""
    if wanted.occupation is None:
        return ()
    return tuple(entitlements.counts(person_id).vouchers.values())


def _known(person_id: PersonId, policy: Policy, period: str, today: date) -> dict[int, Voucher]:
    """The person's vouchers of the programme and period, by ordinal."""
    wanted = [
        ids.voucher_id(person_id, policy.programme, period, ordinal)
        for ordinal in ordinals(policy, today)
    ]
    found = sorted(vouchers.load_all(wanted), key=lambda one: one.ordinal)
    return {one.ordinal: one for one in found}


def _free(known: Mapping[int, Voucher], policy: Policy, today: date) -> Voucher | int:
    """The voucher that waits to be taken, or the ordinal of the one to be made.

    Where the policy allows one alone, that one is taken or says why not.
    """
    for found in known.values():
        if found.state is State.ISSUED:
            return found
    allowed = ordinals(policy, today)
    for ordinal in allowed:
        if ordinal not in known:
            return ordinal
    if len(allowed) == 1:
        return known[allowed[0]]
    raise Refused("period_limit_reached", PER_PERIOD, facts={"limit": len(allowed)})


def _take(found: Voucher, policy: Policy, command: Command) -> Voucher:
    today = calendar.civil_date(command.at)
    decisions.functions.decide(policy, Function.CLAIM, today).check()
    check_valid(found, command.at)
    return keep(found, voucher.move(found, Verb.CLAIM, command, {}), command)


def _create(claimed: Voucher, policy: Policy, command: Command) -> Voucher:
    """Keeps a new voucher, together with what counts it where the policy has such a limit."""
    try:
        entitle.create(claimed, policy, calendar.civil_date(command.at))
    except transact.Lost:
        return after_a_race(claimed, command)
    return claimed

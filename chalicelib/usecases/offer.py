"""Offer (需求应答): a worker states what he wants to learn, the answer is what he may claim.

Notice 二.(一): vouchers are issued by need; who qualifies for no subsidised training gets the
check-in kind.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from chalicelib.policy import Policy, decisions
from chalicelib.policy.decisions.offer import Offer
from chalicelib.policy.limits import earlier
from chalicelib.rules import calendar
from chalicelib.rules.moves import State
from chalicelib.rules.person import Person
from chalicelib.rules.principal import Principal
from chalicelib.rules.situation import Course, Earlier, Event, Situation
from chalicelib.rules.voucher import Voucher
from chalicelib.store import people, programmes

from . import show


def offers(
    principal: Principal,
    wanted: Course,
    district: str | None,
    starts_on: date | None,
    now: datetime,
) -> list[Offer]:
    """What every programme in force is to the caller, open ones first, the dearest first.

    What he leaves out is unknown: eligibility passes over it, an amount may depend on it. It is
    read, and nothing is reserved by it.
    """
    today = calendar.civil_date(now)
    person = people.load(principal.worker_id)
    held = show.held_ever(person.id, now)
    policies = {
        name: programmes.by_hash(hash_) for name, hash_ in programmes.in_force(today).items()
    }
    found = []
    for policy in policies.values():
        need = Situation(
            person=person.known,
            course=wanted,
            district=district,
            events={Event.CLASS_START: starts_on} if starts_on else {},
            earlier=tuple(_earlier(person, _counting(held, policy, policies))),
        )
        found.append(decisions.offer.decide(policy, need, today, policies))
    return sorted(found, key=_place)


def _counting(
    held: Iterable[Voucher], policy: Policy, policies: Mapping[str, Policy]
) -> Iterable[Voucher]:
    """The vouchers he has had that may count here; one that waits to be claimed is the offer."""
    for one in held:
        if one.programme == policy.programme:
            if one.state is not State.ISSUED:
                yield one
        elif (
            one.programme in policies
            and "subsidy_vouchers_per_year" in policies[one.programme].parameters
        ):
            yield one


def _earlier(person: Person, held: Iterable[Voucher]) -> Iterable[Earlier]:
    for one in held:
        yield earlier(programmes.by_hash(one.policy), one, person.known)


def _place(offer: Offer) -> tuple[bool, int, str]:
    amount_fen = offer.amount.amount_fen if offer.amount else 0
    return not offer.open, -amount_fen, offer.policy.programme

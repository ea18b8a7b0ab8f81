"""What counts of a person for life is what his vouchers say, and no limit was passed.

A limit is judged again for every voucher that counts, against those counted before it. One that
counts no longer is left out: a limit kept at the time is kept without it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from chalicelib.policy import limits
from chalicelib.policy.decisions import limit
from chalicelib.rules import calendar
from chalicelib.rules.decision import Decision
from chalicelib.rules.ids import PersonId
from chalicelib.rules.limits import key
from chalicelib.rules.moves import Verb
from chalicelib.rules.situation import Course, Earlier, PersonFacts, Situation
from ops.check.breach import Breach
from ops.check.city import City, KeptVoucher

COUNTS = "entitlement-counts"
LIMITS = "entitlement-limits"

_USES = frozenset({Verb.ENROL, Verb.ASSESS})


def breaches(city: City) -> Iterator[Breach]:
    """People who count other vouchers than they have, and vouchers beyond a limit."""
    held = _held(city)
    for person in sorted(held.keys() | city.counts.keys()):
        told = {key(kept.voucher): counted for kept, counted in held.get(person, ())}
        counts = city.counts.get(person)
        where = f"person {person}"
        if told != (counts.vouchers if counts else {}):
            found = sorted(counts.vouchers) if counts else []
            yield Breach(COUNTS, where, f"counts {found}, holds {sorted(told)}")
        for kept, counted in held.get(person, ()):
            yield from _beyond(city, kept, counted, held[person])


Held = list[tuple[KeptVoucher, Earlier]]


def _held(city: City) -> Mapping[PersonId, Held]:
    """Each person's vouchers with what they count as under the policy of their issue."""
    held: dict[PersonId, Held] = defaultdict(list)
    for kept in city.vouchers.values():
        policy = city.policies.get(kept.voucher.policy)
        holder = city.people.get(kept.voucher.person_id)
        known = holder.known if holder else PersonFacts()
        counted = limits.counted(policy, kept.voucher, known) if policy and kept.events else None
        if counted:
            held[kept.voucher.person_id].append((kept, counted))
    return held


def _beyond(city: City, kept: KeptVoucher, counted: Earlier, held: Held) -> Iterator[Breach]:
    for decision in _judged(city, kept, counted, held):
        if decision.code:
            yield Breach(LIMITS, kept.where, decision.code)


def _judged(city: City, kept: KeptVoucher, counted: Earlier, held: Held) -> Iterator[Decision]:
    policy = city.policies[kept.voucher.policy]
    born, used = _born(kept), _used(kept)
    if limits.counts_vouchers(policy):
        earlier = tuple(one for other, one in held if _born(other) < born)
        yield limit.lifelong(policy, Situation(earlier=earlier), _day(born))
    if counted.occupation:
        wanted = Course(occupation=counted.occupation, level=counted.level)
        earlier = tuple(one for other, one in held if _used(other) < used)
        holder = limits.counted_as(kept.voucher, _day(used))
        yield limit.course(policy, Situation(holder, wanted, earlier=earlier), _day(used))


Moment = tuple[str, str]


def _born(kept: KeptVoucher) -> Moment:
    """When the voucher was issued; of two at one moment, its key puts one first."""
    return kept.events[0].at, key(kept.voucher)


def _used(kept: KeptVoucher) -> Moment:
    """When its course was settled on: its first use after whatever gave an earlier one back."""
    uses = [event.at for event in kept.events if event.do in _USES and "occupation" in event.set]
    return max(uses, default=kept.events[0].at), key(kept.voucher)


def _day(moment: Moment) -> date:
    return calendar.civil_date(calendar.instant(moment[0]))

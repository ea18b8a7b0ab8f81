"""One voucher per person, programme, period and ordinal: ids recompute, holders are registered."""

from collections import Counter
from collections.abc import Iterator

from chalicelib.rules import calendar, ids
from ops.check.breach import Breach
from ops.check.city import City, KeptVoucher

IDENTITY = "one-voucher"


def breaches(city: City) -> Iterator[Breach]:
    """Foreign ids, doubles, vouchers of nobody, and ordinals beyond the policy's limit."""
    held = Counter(_key(kept) for kept in city.vouchers.values())
    for kept in city.vouchers.values():
        item = kept.voucher
        if ids.voucher_id(*_key(kept)) != item.id:
            yield Breach(IDENTITY, kept.where, "its id is not that of its person and ordinal")
        if held[_key(kept)] > 1:
            yield Breach(IDENTITY, kept.where, f"one of {held[_key(kept)]} of the same ordinal")
        if item.person_id not in city.people:
            yield Breach(IDENTITY, kept.where, "its holder is not registered")
        yield from _within_limit(city, kept)


def _key(kept: KeptVoucher) -> tuple[ids.PersonId, str, str, int]:
    item = kept.voucher
    return item.person_id, item.programme, item.period, item.ordinal


def _within_limit(city: City, kept: KeptVoucher) -> Iterator[Breach]:
    policy = city.policies.get(kept.voucher.policy)
    if policy is None:
        yield Breach(IDENTITY, kept.where, "its policy is not published")
        return
    if not kept.events:
        return
    issued_on = calendar.civil_date(calendar.instant(kept.events[0].at))
    limit = policy.value("vouchers_per_period", issued_on)
    if limit is None or not 1 <= kept.voucher.ordinal <= limit:
        yield Breach(IDENTITY, kept.where, f"ordinal {kept.voucher.ordinal}, limit {limit}")

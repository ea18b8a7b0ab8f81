"""A person's year counts exactly the vouchers he has of programmes with a limit, and keeps it."""

from collections import defaultdict
from collections.abc import Iterator

from chalicelib.rules import calendar, limits
from chalicelib.rules.ids import PersonId
from ops.check.breach import Breach
from ops.check.city import City, KeptVoucher

ENTITLEMENT = "entitlement"
LIMIT = "subsidy_vouchers_per_year"

Year = tuple[PersonId, int]


def breaches(city: City) -> Iterator[Breach]:
    """Years that count other vouchers than there are, or more than the policy allows."""
    held: dict[Year, set[str]] = defaultdict(set)
    limits: dict[Year, int] = {}
    for kept in city.vouchers.values():
        counted = _counted(city, kept)
        if counted:
            year, limit = counted
            held[year].add(_key(kept, year[1]))
            limits[year] = max(limit, limits.get(year, 0))
    for year in sorted(held.keys() | city.entitlements.keys()):
        where = f"person {year[0]}, year {year[1]}"
        counts = city.entitlements.get(year, frozenset())
        if counts != held[year]:
            found = f"counts {sorted(counts)}, holds {sorted(held[year])}"
            yield Breach(ENTITLEMENT, where, found)
        if len(held[year]) > limits.get(year, 0):
            yield Breach(ENTITLEMENT, where, f"{len(held[year])} of {limits.get(year, 0)}")


def _key(kept: KeptVoucher, year: int) -> str:
    item = kept.voucher
    return limits.key_of_year(item.programme, item.period, item.ordinal, year)


def _counted(city: City, kept: KeptVoucher) -> tuple[Year, int] | None:
    """The year that counts the voucher, with its limit; None where no limit does."""
    policy = city.policies.get(kept.voucher.policy)
    if policy is None or not kept.events:
        return None
    issued_on = calendar.civil_date(calendar.instant(kept.events[0].at))
    limit = policy.value(LIMIT, issued_on)
    if limit is None:
        return None
    return (kept.voucher.person_id, issued_on.year), limit

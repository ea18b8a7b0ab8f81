"""The figures that are kept are what the vouchers come to."""

from collections.abc import Iterator

from ops.check import recount
from ops.check.breach import Breach
from ops.check.city import City

FIGURES = "figures"


def breaches(city: City) -> Iterator[Breach]:
    """Numbers that differ from the vouchers', and vouchers that are not counted to their end."""
    for found in recount.differences(city):
        numbers = f"{found.figure} kept as {found.kept}, by the vouchers {found.told}"
        yield Breach(FIGURES, found.where, numbers)
    for kept in recount.uncounted(city):
        counted = city.counted.get(kept.voucher.id, 0)
        yield Breach(FIGURES, kept.where, f"counted to event {counted} of {kept.version}")

"""How long a voucher is valid (notice 三.(五)): whichever of its ends comes first."""

from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.errors import Rule

from . import calendar

VALIDITY = Rule("validity", "三.(五)")
UNUSED, UNFINISHED = "unused", "unfinished"
"""Which vouchers become void at their end: those not used, or also those not finished."""


@dataclass(frozen=True)
class Validity:
    """The ends a voucher may have: its period's, months from its issue, a last day."""

    with_period: bool
    months: int | None
    until: date | None


WITH_PERIOD = Validity(with_period=True, months=None, until=None)
"""Where a policy says nothing, a voucher ends with its period."""


def void_on(validity: Validity, issued_on: date, period_ends: date) -> date:
    """The first day on which a voucher issued then is void; `period_ends` is its period's.

    The day of the issue is not counted, and the day of the same number in the last month is the
    last valid one, as is the day named in `until` (民法典 第二百零一条, 第二百零二条).
    """
    ends = [period_ends] if validity.with_period else []
    if validity.months is not None:
        ends.append(calendar.months_after(issued_on, validity.months) + timedelta(days=1))
    if validity.until is not None:
        ends.append(validity.until + timedelta(days=1))
    return min(ends)

"""What a policy says of limits across vouchers, and what a voucher counts as under it."""

from datetime import date

from chalicelib.rules import calendar, history, limits
from chalicelib.rules.limits import Counted, Limits
from chalicelib.rules.moves import Verb
from chalicelib.rules.voucher import Voucher

from .compiled import Policy

WHOLE = frozenset({"vouchers_in_total", "one_live"})
"""Limits that count a voucher from its issue on."""

COURSES = frozenset(
    {
        "vouchers_per_occupation",
        "once_per_occupation_and_level",
        "no_lower_level",
        "excludes_funds",
    }
)
"""Limits that count the course a voucher is used for."""


def ordinals(policy: Policy, on: date | None = None) -> range:
    """The ordinals a period's vouchers may have on that day; without a day, on any day at all."""
    if on is not None:
        return range(1, (policy.value("vouchers_per_period", on) or 1) + 1)
    values = policy.parameters.get("vouchers_per_period", {"values": ()})["values"]
    return range(1, max((value.get("value", 1) for value in values), default=1) + 1)


def limits_on(policy: Policy, on: date) -> Limits:
    """What the programme limits on that day."""
    return Limits(
        in_total=policy.value("vouchers_in_total", on),
        per_occupation=policy.value("vouchers_per_occupation", on),
        once_per_course=bool(policy.value("once_per_occupation_and_level", on)),
        one_live=bool(policy.value("one_live", on)),
        no_lower_level=bool(policy.value("no_lower_level", on)),
        excluded_funds=frozenset(policy.value("excludes_funds", on) or ()),
    )


def counts_vouchers(policy: Policy) -> bool:
    """Whether any day's limit counts its vouchers from their issue on.

    The day does not matter: what a later limit counts is kept from the first voucher on.
    """
    return not WHOLE.isdisjoint(policy.parameters)


def counts_courses(policy: Policy) -> bool:
    """Whether any day's limit counts the courses its vouchers are used for."""
    return not COURSES.isdisjoint(policy.parameters)


def counted(policy: Policy, voucher: Voucher) -> Counted | None:
    """What the voucher counts as under the policy it was issued under; None where as nothing."""
    courses = counts_courses(policy)
    used_on = _used_on(voucher) if courses else None
    fund = policy.value("fund", used_on) if used_on else None
    return limits.counted(voucher, whole=counts_vouchers(policy), courses=courses, fund=fund)


def _used_on(voucher: Voucher) -> date | None:
    """The day the voucher's course was settled on: of its enrolment, or of its result alone."""
    for event in reversed(history.events(voucher.history)):
        if event.do == Verb.ENROL or (event.do == Verb.ASSESS and "occupation" in event.set):
            return calendar.civil_date(calendar.instant(event.at))
    return None

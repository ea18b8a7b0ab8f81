"""What a policy keeps of its vouchers for its limits, and what a voucher counts as under it."""

from datetime import date

from chalicelib.rules import calendar, history, limits
from chalicelib.rules.condition import first
from chalicelib.rules.history import Event
from chalicelib.rules.moves import Verb
from chalicelib.rules.situation import (
    Course,
    Earlier,
    Fees,
    MissingInput,
    PersonFacts,
    Situation,
    Spell,
)
from chalicelib.rules.voucher import Voucher

from .compiled import Policy

WHOLE = frozenset({"vouchers_in_total", "one_live"})
"""Limits that count a voucher from its issue on."""

COURSES = frozenset(
    {
        "vouchers_per_occupation",
        "once_per_occupation_and_level",
        "once_for_groups",
        "no_lower_level",
        "excludes_funds",
    }
)
"""Limits that count the course a voucher is used for."""


def ordinals(policy: Policy, on: date | None = None) -> range:
    """The ordinals a period's vouchers may have on that day; without a day, on any day at all."""
    if on is not None:
        most = policy.value("vouchers_per_period", on)
        return range(1, (1 if most is None else most) + 1)
    values = policy.parameters.get("vouchers_per_period", {"values": ()})["values"]
    return range(1, max((value.get("value", 1) for value in values), default=1) + 1)


def counts_vouchers(policy: Policy) -> bool:
    """Whether any day's limit counts its vouchers from their issue on.

    The day does not matter: what a later limit counts is kept from the first voucher on.
    """
    return not WHOLE.isdisjoint(policy.parameters)


def counts_courses(policy: Policy) -> bool:
    """Whether any day's limit counts the courses its vouchers are used for."""
    return not COURSES.isdisjoint(policy.parameters)


def counted_as(voucher: Voucher, on: date) -> PersonFacts:
    """The person by the group alone that his voucher is counted under, as a limit sees him."""
    group = voucher.terms.group
    return PersonFacts(groups=(Spell(group, on),) if group else ())


def asks_person(policy: Policy) -> bool:
    """Whether the fund that pays a course depends on who is paid."""
    values = policy.parameters.get("fund", {"values": ()})["values"]
    return counts_courses(policy) and any(isinstance(each.get("value"), list) for each in values)


def counted(policy: Policy, voucher: Voucher, known: PersonFacts) -> Earlier | None:
    """What the voucher counts as under the policy it was issued under; None where as nothing."""
    if counts_vouchers(policy):
        found = earlier(policy, voucher, known)
        return None if found.void else found
    if counts_courses(policy) and limits.has_course(voucher):
        return earlier(policy, voucher, known)
    return None


def earlier(policy: Policy, voucher: Voucher, known: PersonFacts) -> Earlier:
    """The voucher as every limit sees it."""
    events = history.events(voucher.history)
    used_on = next((_day(event) for event in reversed(events) if _uses(event)), None)
    fund = _fund(policy, voucher, known, used_on) if used_on else None
    return limits.earlier(voucher, _day(events[0]), fund)


def _uses(event: Event) -> bool:
    """Whether the event settled on a course: an enrolment, or a result alone."""
    return event.do == Verb.ENROL or (event.do == Verb.ASSESS and "occupation" in event.set)


def _day(event: Event) -> date:
    return calendar.civil_date(calendar.instant(event.at))


def _fund(policy: Policy, voucher: Voucher, known: PersonFacts, on: date) -> str | None:
    terms = voucher.terms
    situation = Situation(
        person=known,
        course=Course(occupation=terms.occupation, level=terms.level),
        district=terms.district,
        fees=Fees(paid_by=terms.paid_by),
    )
    return fund_of(policy, situation, on)


def fund_of(policy: Policy, situation: Situation, on: date) -> str | None:
    """The fund that pays for the situation on that day, or None where that cannot be said."""
    try:
        line = first(policy.read("fund", on) or (), situation, on)
    except MissingInput:
        return None
    return str(line.value) if line else None

"""The situation of a voucher: what the stores know of it, as the rules ask for it.

What is loaded is what the policy's own words can ask for; nothing is decided here.
"""

from datetime import date

from chalicelib.rules import calendar, history
from chalicelib.rules.moves import Verb
from chalicelib.rules.person import Person
from chalicelib.rules.situation import Course, Event, Fees, Result, Situation
from chalicelib.rules.voucher import Voucher

_EVENTS = {Verb.CLAIM: Event.CLAIM, Verb.ENROL: Event.ENROLMENT}


def situated(voucher: Voucher, person: Person) -> Situation:
    """What is known of a voucher's way so far."""
    terms = voucher.terms
    return Situation(
        person=person.known,
        course=Course(occupation=terms.occupation, level=terms.level),
        district=terms.district,
        fees=Fees(paid_by=terms.paid_by),
        events=_events(voucher),
        result=Result(
            passed=True if terms.assessed_on else None, certificate_no=terms.certificate_no
        ),
    )


def _events(voucher: Voucher) -> dict[Event, date]:
    """The days of its moves; of a move made again, the last."""
    days = {
        _EVENTS[Verb(event.do)]: calendar.civil_date(calendar.instant(event.at))
        for event in history.events(voucher.history)
        if event.do in _EVENTS
    }
    if voucher.terms.assessed_on:
        days[Event.CERTIFICATE] = date.fromisoformat(voucher.terms.assessed_on)
    return days

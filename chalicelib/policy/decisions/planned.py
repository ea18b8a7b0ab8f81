"""A need as if it had come true: what a voucher would come to if all went as wanted (二.(一))."""

from dataclasses import replace
from datetime import date

from chalicelib.rules.situation import Event, Result, Situation

_AT_ONCE = (Event.CLAIM, Event.ENROLMENT)
_LATER = (Event.CLASS_START, Event.CERTIFICATE)


def planned(situation: Situation, on: date) -> Situation:
    """The situation with what did not happen yet: claimed and enrolled on that day, taught from
    the day that is wanted, passed, and paid for by the worker where nobody else is named."""
    starts_on = situation.events.get(Event.CLASS_START, on)
    events = {**dict.fromkeys(_AT_ONCE, on), **dict.fromkeys(_LATER, starts_on), **situation.events}
    fees = replace(situation.fees, paid_by=situation.fees.paid_by or "worker")
    passed = situation.result.passed
    result = Result(True if passed is None else passed, situation.result.certificate_no)
    return replace(situation, events=events, fees=fees, result=result)

"""Expire (超期作废): until when a voucher is valid, and whether it has become void (三.(五))."""

from datetime import date

from chalicelib.policy.compiled import Policy
from chalicelib.rules import validity
from chalicelib.rules.decision import Decision, Outcome
from chalicelib.rules.situation import Event, Situation
from chalicelib.rules.trace import Trace
from chalicelib.rules.validity import UNFINISHED, VALIDITY, WITH_PERIOD


def void_on(policy: Policy, issued_on: date, trace: Trace | None = None) -> date | None:
    """The first day on which a voucher issued then is void; None where no period has begun."""
    period, ruling = policy.period(issued_on), policy.ruling("validity", issued_on)
    if period is None:
        return None
    ends = validity.void_on(ruling.value if ruling else WITH_PERIOD, issued_on, period.expires_on)
    governing = ruling or policy.ruling("periods", issued_on)
    if trace and governing:
        told = {"issued_on": issued_on.isoformat(), "period_ends": period.expires_on.isoformat()}
        trace.add(governing, told, ends.isoformat())
    return ends


def covers_unfinished(policy: Policy, issued_on: date) -> bool:
    """Whether a voucher issued then becomes void also when it is used and not finished."""
    return bool(policy.value("expiry_covers", issued_on) == UNFINISHED)


def decide(policy: Policy, situation: Situation, on: date) -> Decision:
    """Yes where a voucher issued, and perhaps used or finished by then, is void on that day."""
    trace, issued_on = Trace(), situation.day_of(Event.ISSUE)
    ends = void_on(policy, issued_on, trace)
    if ends is None:
        return Decision(Outcome.NO, VALIDITY, "no_period", {"programme": policy.programme})
    code = _kept_by(policy, situation, on, issued_on)
    if not code and on < ends:
        code = "valid"
    outcome = Outcome.NO if code else Outcome.YES
    return Decision(outcome, VALIDITY, code, {"void_on": ends.isoformat()}, tuple(trace.steps))


def _kept_by(policy: Policy, situation: Situation, on: date, issued_on: date) -> str:
    """What keeps the voucher from expiring: that it is finished, or used where that is enough."""
    if _happened(situation, Event.CERTIFICATE, on):
        return "finished"
    used = _happened(situation, Event.ENROLMENT, on)
    return "used" if used and not covers_unfinished(policy, issued_on) else ""


def _happened(situation: Situation, event: Event, on: date) -> bool:
    day = situation.events.get(event)
    return day is not None and day <= on

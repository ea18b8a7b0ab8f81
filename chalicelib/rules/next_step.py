"""What a worker does next with a voucher, as a stable code, and how long he still has.

A pure reading of the voucher; the words for each code are the people's catalogue's.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from . import calendar, history
from .moves import Shape, State, Verb
from .voucher import Voucher


class NextStep(StrEnum):
    """What to do or to wait for."""

    CLAIM = "claim"
    SHOW_CODE = "show_code"
    ASK_ENTERPRISE = "ask_enterprise"
    TAKE_ASSESSMENT = "take_assessment"
    AWAIT_ENROLMENT = "await_enrolment"
    ATTEND_CLASS = "attend_class"
    AWAIT_APPROVAL = "await_approval"
    AWAIT_PAYMENT = "await_payment"
    CHECK_ACCOUNT = "check_account"
    NOTHING = "nothing"


_STEPS: Mapping[State, NextStep] = {
    State.ISSUED: NextStep.CLAIM,
    State.CLAIMED: NextStep.SHOW_CODE,
    State.VERIFIED: NextStep.AWAIT_ENROLMENT,
    State.ENROLLED: NextStep.ATTEND_CLASS,
    State.ASSESSED: NextStep.AWAIT_APPROVAL,
    State.APPROVED: NextStep.AWAIT_PAYMENT,
    State.PAYING: NextStep.AWAIT_PAYMENT,
}

_UNVERIFIED: Mapping[Shape, NextStep] = {
    Shape.CERTIFICATE: NextStep.TAKE_ASSESSMENT,
    Shape.ISSUE_ONLY: NextStep.ASK_ENTERPRISE,
}
"""Where nobody scans a claimed voucher."""


def next_step(voucher: Voucher, now: datetime) -> NextStep:
    """The voucher's next step at this moment.

    A void voucher leads nowhere, whether the schedule has been there or not
    (notice 三.(五)); money that came back from the bank leads to the account.
    """
    if voucher.expirable and voucher.expired(now):
        return NextStep.NOTHING
    if voucher.state is State.CLAIMED and voucher.shape in _UNVERIFIED:
        return _UNVERIFIED[voucher.shape]
    if voucher.state is State.APPROVED and _came_back(voucher):
        return NextStep.CHECK_ACCOUNT
    return _STEPS.get(voucher.state, NextStep.NOTHING)


def days_left(voucher: Voucher, today: date) -> int | None:
    """Shanghai civil days on which the voucher can still be used, today included.

    0 from the day on which it is void; None once it can no longer expire.
    """
    if not voucher.expirable:
        return 0 if voucher.state is State.EXPIRED else None
    void_on = calendar.civil_date(calendar.instant(voucher.expires_at))
    return max(0, calendar.days_between(today, void_on))


def _came_back(voucher: Voucher) -> bool:
    return history.read(voucher.history[-1]).do in {Verb.REJECT, Verb.RETURN}

"""Until when a voucher is valid: whichever end comes first; what expires, unused or unfinished."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.policy import decisions
from chalicelib.rules.situation import Event, Situation
from chalicelib.rules.validity import Validity, void_on
from tests.policy.test_class_shape import policy_with

ISSUED_ON = date(2026, 3, 2)
PERIOD_ENDS = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("validity", "void"),
    [
        (Validity(True, None, None), date(2027, 1, 1)),
        (Validity(True, 6, None), date(2026, 9, 3)),
        (Validity(True, 12, None), date(2027, 1, 1)),
        (Validity(False, 12, None), date(2027, 3, 3)),
        (Validity(True, 6, date(2026, 8, 31)), date(2026, 9, 1)),
        (Validity(False, None, date(2028, 12, 31)), date(2029, 1, 1)),
    ],
)
def test_the_first_of_its_ends_counts(validity: Validity, void: date) -> None:
    assert void_on(validity, ISSUED_ON, PERIOD_ENDS) == void


def test_the_last_day_of_a_short_month_stands_for_one_it_has_not() -> None:
    assert void_on(Validity(False, 1, None), date(2026, 1, 31), PERIOD_ENDS) == date(2026, 3, 1)


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 24))
def test_a_voucher_issued_later_is_never_void_earlier(issued_on: date, months: int) -> None:
    validity = Validity(True, months, None)
    first = void_on(validity, issued_on, PERIOD_ENDS)
    assert first <= void_on(validity, issued_on + timedelta(days=1), PERIOD_ENDS)
    assert first <= PERIOD_ENDS


@pytest.mark.parametrize(
    ("covers", "events", "code"),
    [
        ("unused", {}, ""),
        ("unused", {Event.ENROLMENT: date(2026, 3, 3)}, "used"),
        ("unfinished", {Event.ENROLMENT: date(2026, 3, 3)}, ""),
        ("unfinished", {Event.CERTIFICATE: date(2026, 3, 20)}, "finished"),
        ("unused", {Event.ENROLMENT: date(2027, 1, 2)}, ""),
    ],
)
def test_what_expires_is_what_the_policy_covers(
    covers: str, events: dict[Event, date], code: str
) -> None:
    policy = policy_with(expiry_covers=("expiry", covers))
    situation = Situation(events={Event.ISSUE: ISSUED_ON, **events})
    assert decisions.expire.decide(policy, situation, PERIOD_ENDS).code == code
    assert decisions.expire.decide(policy, situation, PERIOD_ENDS - timedelta(days=1)).code

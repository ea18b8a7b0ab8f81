"""What comes next for a voucher, and how many days it can still be used."""

from datetime import date, timedelta

import pytest

from chalicelib.rules import calendar
from chalicelib.rules.moves import Shape, Verb
from chalicelib.rules.next_step import NextStep, days_left, next_step
from tests.builders import MONDAY, a_voucher

VERBS = (
    *(Verb.CLAIM, Verb.VERIFY, Verb.ENROL, Verb.ASSESS, Verb.PROPOSE),
    *(Verb.APPROVE, Verb.PAY, Verb.WRITE_OFF),
)
WAY = [
    (0, NextStep.CLAIM),
    (1, NextStep.SHOW_CODE),
    (2, NextStep.AWAIT_ENROLMENT),
    (3, NextStep.ATTEND_CLASS),
    (5, NextStep.AWAIT_APPROVAL),
    (6, NextStep.AWAIT_PAYMENT),
    (7, NextStep.AWAIT_PAYMENT),
    (8, NextStep.NOTHING),
]


@pytest.mark.parametrize(("moves", "step"), WAY)
def test_each_state_of_a_course_leads_on(moves: int, step: NextStep) -> None:
    assert next_step(a_voucher(verbs=VERBS[:moves]), MONDAY) is step


def test_a_certificate_leads_to_the_assessment_and_to_no_institution() -> None:
    claimed = a_voucher(Shape.CERTIFICATE, verbs=[Verb.CLAIM])
    assert next_step(claimed, MONDAY) is NextStep.TAKE_ASSESSMENT


@pytest.mark.parametrize("verb", [Verb.REJECT, Verb.RETURN])
def test_money_that_came_back_leads_to_the_account(verb: Verb) -> None:
    way = VERBS if verb is Verb.RETURN else VERBS[:-1]
    assert next_step(a_voucher(verbs=[*way, verb]), MONDAY) is NextStep.CHECK_ACCOUNT


def test_an_unused_voucher_past_its_validity_leads_nowhere_before_the_schedule_saw_it() -> None:
    unused = a_voucher(verbs=[Verb.CLAIM], expires_at=MONDAY)
    assert next_step(unused, MONDAY - timedelta(seconds=1)) is NextStep.SHOW_CODE
    assert next_step(unused, MONDAY) is NextStep.NOTHING
    used = a_voucher(verbs=VERBS[:3], expires_at=MONDAY + timedelta(seconds=1))
    assert next_step(used, MONDAY + timedelta(days=9)) is NextStep.ATTEND_CLASS


def test_the_last_day_is_a_day_left_and_the_day_after_is_none() -> None:
    void_on = calendar.midnight(date(2027, 1, 1))
    mine = a_voucher(expires_at=void_on)
    wanted = {date(2026, 12, 30): 2, date(2026, 12, 31): 1, date(2027, 1, 1): 0}
    assert {day: days_left(mine, day) for day in wanted} == wanted
    assert days_left(mine, date(2027, 6, 1)) == 0


def test_a_used_voucher_does_not_run_out() -> None:
    assert days_left(a_voucher(verbs=VERBS[:3]), date(2027, 6, 1)) is None
    assert days_left(a_voucher(verbs=[Verb.EXPIRE]), date(2026, 6, 1)) == 0

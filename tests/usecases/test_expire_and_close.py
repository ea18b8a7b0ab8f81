"""The nightly runs: what is past its time moves, once, however often and late they run."""

from datetime import datetime, timedelta

import pytest

from chalicelib.rules import calendar, voucher
from chalicelib.rules.history import read
from chalicelib.rules.moves import State, Verb
from chalicelib.rules.voucher import Voucher
from chalicelib.store import vouchers
from chalicelib.usecases import close, expire
from tests import money
from tests.builders import a_command

pytestmark = pytest.mark.usefixtures("aws_city")

NEW_YEAR = datetime(2027, 1, 1, tzinfo=calendar.SHANGHAI)
ENDS = datetime(2026, 3, 11, 12, tzinfo=calendar.SHANGHAI)


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    money.open_books()


def never() -> bool:
    return False


def claimed(n: int, programme: str = "social-training") -> Voucher:
    made = money.a_claimed(n, programme)
    vouchers.create(made)
    return made


def checking_in(n: int) -> Voucher:
    made = money.a_claimed(n, "check-in")
    facts = {"class_id": "c-1", "ends_at": calendar.text(ENDS)}
    for verb in (Verb.VERIFY, Verb.ENROL):
        made = voucher.move(made, verb, a_command(f"{verb}-01"), {"code_step": 1, **facts})
    vouchers.create(made)
    return made


def test_unused_vouchers_expire_at_the_very_instant_and_used_ones_never() -> None:
    unused, used = [claimed(n) for n in range(1, 6)], money.enrolled(6)
    assert expire.expire(NEW_YEAR - timedelta(seconds=1), never) == 0
    assert expire.expire(NEW_YEAR, never) == 5
    assert {vouchers.load(made.id).state for made in unused} == {State.EXPIRED}
    assert vouchers.load(used.id) == used
    assert read(vouchers.load(unused[0].id).history[-1]).by == "schedule"


def test_a_second_run_and_one_a_week_late_find_nothing_more_to_do() -> None:
    claimed(1)
    assert expire.expire(NEW_YEAR + timedelta(days=7), never) == 1
    assert expire.expire(NEW_YEAR + timedelta(days=7), never) == 0


def test_a_run_without_time_does_nothing() -> None:
    claimed(1)
    assert expire.expire(NEW_YEAR, lambda: True) == 0


def test_a_certificate_voucher_expires_too() -> None:
    made = claimed(1, "skill-certificate")
    assert expire.expire(NEW_YEAR, never) == 1
    assert vouchers.load(made.id).state is State.EXPIRED


def test_a_check_in_voucher_closes_after_the_last_lesson() -> None:
    made = checking_in(1)
    assert close.close(ENDS - timedelta(seconds=1), never) == 0
    assert close.close(ENDS, never) == 1
    assert vouchers.load(made.id).state is State.CLOSED
    assert close.close(ENDS, never) == 0

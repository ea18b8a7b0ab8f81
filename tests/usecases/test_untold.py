"""How long the national platform has not answered: what the alarm and the doctor go by."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib import settings
from chalicelib.jobs import repetition
from chalicelib.rules import calendar, outgoing
from chalicelib.rules.voucher import Voucher
from chalicelib.store import outbox, vouchers
from chalicelib.usecases import hear_national, repeat, untold
from infra import events
from tests import money
from tests.builders import MONDAY, a_command
from tests.following import follow

pytestmark = pytest.mark.usefixtures("aws_city")
A_DAY_LATER = MONDAY + timedelta(hours=25)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Voucher:
    """A voucher whose two events were told on Monday."""
    monkeypatch.setattr(settings, "now", lambda: MONDAY)
    money.open_books()
    made = money.a_claimed(1)
    vouchers.create(made)
    follow((None, made))
    return made


def acknowledged(made: Voucher, *numbers: int) -> None:
    taken = a_command("taken", actor="urn:national:sample")
    hear_national.acknowledge([f"{made.id}.{number}" for number in numbers], taken)


def test_an_event_waits_from_its_telling_on_however_often_it_was_repeated(made: Voucher) -> None:
    for hours in range(25):
        repeat.repeat(MONDAY + timedelta(hours=hours), lambda: False)
    assert untold.oldest_s(A_DAY_LATER) == 25 * 3_600


def test_as_long_as_one_is_unanswered_it_waits_and_with_the_last_none_does(made: Voucher) -> None:
    acknowledged(made, 1)
    assert untold.oldest_s(A_DAY_LATER) == 25 * 3_600
    acknowledged(made, 2)
    assert untold.oldest_s(A_DAY_LATER) == 0


def test_what_is_told_again_waits_from_then_on(made: Voucher) -> None:
    acknowledged(made, 1, 2)
    (row,) = outbox.load_all([f"{made.id}.1"])
    outbox.reopen(row, calendar.text(A_DAY_LATER))
    assert untold.oldest_s(A_DAY_LATER + timedelta(minutes=5)) == 300


def test_a_notice_that_waits_for_its_queue_is_not_the_platforms(made: Voucher) -> None:
    acknowledged(made, 1, 2)
    outbox.put_all([outgoing.new("n-1", outgoing.channel("wechat-card"), "{}", MONDAY)])
    assert untold.oldest_s(A_DAY_LATER) == 0


def test_the_schedule_tells_it_in_the_line_of_the_alarm(
    made: Voucher, monkeypatch: pytest.MonkeyPatch
) -> None:
    acknowledged(made, 1)
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(settings, "now", lambda: A_DAY_LATER)
    monkeypatch.setattr(repetition.logger, "info", lambda message, extra: told.append(extra))
    repetition.repeat(events.scheduled(), None)
    assert {"log": "M003", "oldest_untold_s": 25 * 3_600} in told

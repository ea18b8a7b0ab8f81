"""Notices on real tables and queues: to the app that knows the worker, once, in two languages."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from chalicelib import settings
from chalicelib.errors import Unavailable
from chalicelib.jobs import reminders
from chalicelib.rules import calendar, channel, notice, voucher
from chalicelib.rules.channel import Contact
from chalicelib.rules.ids import ClassId
from chalicelib.rules.moves import Verb
from chalicelib.rules.notice import Kind
from chalicelib.rules.outgoing import Delivery
from chalicelib.rules.voucher import Voucher
from chalicelib.store import channels, classes, contacts, outbox, queues, vouchers
from chalicelib.usecases import claim, enrol, remind, repeat, verify
from chalicelib.usecases.show_code import show_code
from infra import events
from tests import groups, money, seeding
from tests.builders import MONDAY, a_command
from tests.following import follow, taken_from

pytestmark = pytest.mark.usefixtures("aws_city")
NEW_YEAR = datetime(2027, 1, 1, tzinfo=calendar.SHANGHAI)


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    money.open_books()
    seeding.open_channels()


def never() -> bool:
    return False


def spent_after(looks: int) -> Callable[[], bool]:
    """A run's time that is up when it was asked for so often."""
    asked = count(1)
    return lambda: next(asked) > looks


def at_the_channels() -> list[dict[str, Any]]:
    """What waits for the apps."""
    return taken_from(settings.load().channels_queue_url)


def knows(client_id: str, who: Voucher, at: datetime = MONDAY) -> None:
    """An app learns a voucher's holder, under an id of its own."""
    contact = Contact(client_id, f"{client_id}-user", calendar.text(at))
    contacts.keep(who.person_id, contact)


def issued(n: int = 1) -> Voucher:
    made = money.a_claimed(n)
    return voucher.as_of(made, 1)


def kept(n: int = 1) -> Voucher:
    made = money.a_claimed(n)
    vouchers.create(made)
    return made


def test_an_issue_is_told_in_two_languages_to_the_app_that_knows_the_worker() -> None:
    made = issued()
    knows("wechat-card", made)
    assert follow((None, made)) == []
    (told,) = at_the_channels()
    assert (told["type"], told["subject"]) == ("city.voucher.notice.issued.v1", "wechat-card")
    data = told["data"]
    assert data["user_id"] == "wechat-card-user"
    assert "社会化职业技能培训" in data["words"]["zh-CN"]["body"]
    assert "2027-01-01" in data["words"]["en"]["body"]
    (row,) = outbox.load_all([told["id"]])
    assert (row.destination, row.delivery) == ("channel#wechat-card", Delivery.DONE)


def test_a_notice_carries_no_personal_data_but_the_apps_own_id() -> None:
    made = issued()
    knows("alipay-card", made)
    follow((None, made))
    text = json.dumps(at_the_channels(), ensure_ascii=False)
    for secret in (made.person_id, "张样例", "16900000000", "319"):
        assert secret not in text


def test_a_worker_whom_no_app_knows_is_told_nothing_and_counted(
    caplog: pytest.LogCaptureFixture,
) -> None:
    follow((None, issued()))
    assert at_the_channels() == []
    assert [record.notices for record in caplog.records if record.message == "unreached"] == [1]


def test_the_app_that_learned_the_worker_last_is_the_one_that_tells_him() -> None:
    made = issued()
    knows("alipay-card", made)
    knows("shanghai-hrss-app", made, MONDAY + timedelta(days=1))
    follow((None, made))
    assert [told["subject"] for told in at_the_channels()] == ["shanghai-hrss-app"]


def test_a_suspended_app_is_told_nothing() -> None:
    made = issued()
    knows("alipay-card", made)
    open_before = channels.load("alipay-card")
    channels.save(open_before, channel.suspended(open_before, "漏洞", a_command("suspend-1")))
    follow((None, made))
    assert at_the_channels() == []


def test_the_same_record_of_the_stream_twice_is_told_once() -> None:
    made = issued()
    knows("alipay-card", made)
    follow((None, made), (None, made))
    follow((None, made))
    assert len(at_the_channels()) == 1


def test_a_queue_that_does_not_answer_leaves_the_notice_to_the_next_repeat(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = issued()
    knows("alipay-card", made)

    def away(bodies: object) -> None:
        raise Unavailable("queue")

    with monkeypatch.context() as outage:
        outage.setattr(queues, "send_to_channels", away)
        assert follow((None, made)) == []
    (row,) = outbox.load_all([notice.notice_id(made.id, Kind.ISSUED, "")])
    assert row.delivery is Delivery.DUE
    later = settings.now() + timedelta(minutes=6)
    for _ in range(2):
        repeat.repeat(later, never)
    assert [told["id"] for told in at_the_channels()] == [row.id]


def test_a_payment_is_told_with_its_amount() -> None:
    paid = money.assessed(1)
    knows("alipay-card", paid)
    facts = {"proposal_id": "s-1", "fund": money.FUND, "amount_fen": 160_050}
    approved = paid
    for verb in (Verb.PROPOSE, Verb.APPROVE, Verb.PAY):
        set_now = facts if verb is Verb.PROPOSE else {}
        approved = voucher.move(approved, verb, a_command(f"{verb}-01"), set_now)
    written_off = voucher.move(approved, Verb.WRITE_OFF, a_command("pay-01"), {})
    follow((approved, written_off))
    (told,) = at_the_channels()
    assert told["data"]["amount_fen"] == 160_050
    assert "1600.50" in told["data"]["words"]["en"]["body"]


def enrolled() -> Voucher:
    """A voucher with which its holder is enrolled in a class that begins in a week."""
    seeding.open_institution()
    who = seeding.register(1, groups.REGISTERED_UNEMPLOYED)
    into = seeding.file_class()
    made = claim.claim(who, "social-training", a_command("claim-01", actor=who.worker_id))
    code, _ = show_code(who, made.id, MONDAY)
    desk = seeding.DESK
    verify.verify(desk, made.id, code, a_command("verify-01", actor=desk.subject))
    enrol.enrol(desk, made.id, into.id, "worker", None, a_command("enrol-01", actor=desk.subject))
    return vouchers.load(made.id)


def test_the_day_before_a_class_its_learners_are_reminded_once() -> None:
    made = enrolled()
    knows("wechat-card", made)
    eve = MONDAY + timedelta(days=6)
    assert remind.remind(eve - timedelta(days=1), never) == Counter()
    assert remind.remind(eve, never) == {"class_tomorrow": 1}
    assert remind.remind(eve + timedelta(hours=1), never) == Counter()
    (told,) = at_the_channels()
    (lesson, *_) = classes.load(ClassId(str(made.terms.class_id))).lessons
    assert told["data"]["starts_at"] == calendar.text(lesson.starts_at)


def test_an_unused_voucher_is_reminded_thirty_and_seven_days_before_its_end() -> None:
    made = kept(1)
    knows("alipay-card", made)
    kept(2)
    counts = [remind.remind(NEW_YEAR - timedelta(days=left), never) for left in range(33, -1, -1)]
    assert sum(counts, Counter[str]()) == {"expires_in_30_days": 1, "expires_in_7_days": 1}
    assert [bool(day) for day in counts].index(True) == 3
    assert {told["data"]["voucher_id"] for told in at_the_channels()} == {made.id}


def test_a_missed_day_is_caught_up() -> None:
    knows("alipay-card", kept())
    assert remind.remind(NEW_YEAR - timedelta(days=26), never) == {"expires_in_30_days": 1}


def test_more_vouchers_than_a_page_are_all_reminded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remind, "_PAGE", 1)
    for n in range(1, 21):
        knows("alipay-card", kept(n))
    assert remind.remind(NEW_YEAR - timedelta(days=7), never) == {"expires_in_7_days": 20}


def test_a_run_without_time_tells_nothing_and_the_next_one_does() -> None:
    knows("alipay-card", kept())
    assert remind.remind(NEW_YEAR - timedelta(days=7), lambda: True) == Counter()
    assert remind.remind(NEW_YEAR - timedelta(days=7), never) == {"expires_in_7_days": 1}


def test_runs_that_never_get_through_reach_every_share_within_a_day() -> None:
    told = Counter[str]()
    for n in range(1, 21):
        knows("alipay-card", kept(n))
    for hour in range(9, 21):
        at = NEW_YEAR - timedelta(days=7) + timedelta(hours=hour)
        told += remind.remind(at, spent_after(4))
    assert told == {"expires_in_7_days": 20}


def test_who_enrols_on_the_eve_of_his_class_is_reminded_the_next_hour() -> None:
    eve = MONDAY + timedelta(days=6)
    assert remind.remind(eve, never) == Counter()
    knows("wechat-card", enrolled())
    assert remind.remind(eve + timedelta(hours=1), never) == {"class_tomorrow": 1}


def test_the_schedule_tells_what_is_due_at_the_citys_time(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    knows("alipay-card", kept())
    monkeypatch.setattr(settings, "now", lambda: NEW_YEAR - timedelta(days=7))
    reminders.remind(events.scheduled(), None)
    assert len(at_the_channels()) == 1
    (line,) = [record for record in caplog.records if record.message == "reminded"]
    assert line.notices == {"expires_in_7_days": 1}

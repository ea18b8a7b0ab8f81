"""Client channels on real tables: who may come through them, and how the city knows him there."""

from datetime import date, timedelta

import pytest

from chalicelib.errors import Conflict, Forbidden, Invalid, KeyReused, NotFound
from chalicelib.rules import history
from chalicelib.rules.channel import Registration
from chalicelib.rules.ids import PersonId
from chalicelib.rules.principal import Principal, Right
from chalicelib.store import channels, contacts
from chalicelib.usecases import identify, keep_contact
from chalicelib.usecases.list_channels import list_channels
from chalicelib.usecases.register_channel import register_channel
from chalicelib.usecases.suspend_channel import suspend_channel
from tests import seeding
from tests.builders import MONDAY, a_command

MANAGER = seeding.official("manager", Right.CHANNEL_MANAGE, office=seeding.CITY_OFFICE)
APP = Registration("样例", "Sample", date(2026, 3, 2), date(2026, 3, 31))
KEY = "register-1"


pytestmark = pytest.mark.usefixtures("aws_city")


def order(key: str, body: str = "body") -> history.Command:
    return a_command(key, actor=MANAGER.subject, role=MANAGER.role, body=body)


def comes(channel: str, days: int = 0) -> Principal:
    return identify.principal("user-7", "p-worker", channel, MONDAY + timedelta(days=days))


@pytest.mark.parametrize("channel", ["", "nobodys-app"])
def test_a_worker_without_a_registered_channel_is_turned_away(channel: str) -> None:
    with pytest.raises(Forbidden, match="unknown_client"):
        comes(channel)


def test_a_worker_comes_through_a_channel_on_the_days_it_is_open() -> None:
    register_channel(MANAGER, "app", APP, order(KEY))
    assert comes("app").channel == "app"
    assert comes("app", days=29).channel == "app"
    for shut in (-1, 30):
        with pytest.raises(Forbidden, match="unknown_client"):
            comes("app", days=shut)


def test_a_suspended_channel_turns_workers_away_until_it_is_registered_again() -> None:
    register_channel(MANAGER, "app", APP, order(KEY))
    suspend_channel(MANAGER, "app", "漏洞待修复", order("suspend-1"))
    with pytest.raises(Forbidden, match="unknown_client"):
        comes("app")
    register_channel(MANAGER, "app", APP, order("register-2"))
    assert comes("app").channel == "app"


def test_a_registration_repeated_late_does_not_open_what_was_suspended_since() -> None:
    register_channel(MANAGER, "app", APP, order(KEY))
    suspend_channel(MANAGER, "app", "漏洞待修复", order("suspend-1"))
    assert register_channel(MANAGER, "app", APP, order(KEY)).suspended
    with pytest.raises(KeyReused):
        register_channel(MANAGER, "app", APP, order(KEY, body="another"))


def test_the_history_of_a_channel_tells_who_suspended_it_and_why() -> None:
    register_channel(MANAGER, "app", APP, order(KEY))
    suspend_channel(MANAGER, "app", "漏洞待修复", order("suspend-1"))
    (kept,) = list_channels(MANAGER)
    last = history.read(kept.history[-1])
    assert (last.by, last.set) == (MANAGER.subject, {"reason": "漏洞待修复"})
    assert history.broken_at(kept.history) is None


def test_of_two_changes_at_once_the_second_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    register_channel(MANAGER, "app", APP, order(KEY))
    read = channels.load("app")
    suspend_channel(MANAGER, "app", "漏洞待修复", order("suspend-1"))
    monkeypatch.setattr(channels, "find", lambda client_id: read)
    with pytest.raises(Conflict, match="changed_meanwhile"):
        register_channel(MANAGER, "app", APP, order("register-2"))


def test_an_unknown_channel_cannot_be_suspended() -> None:
    with pytest.raises(NotFound):
        suspend_channel(MANAGER, "app", "漏洞待修复", order("suspend-1"))


def test_a_channel_that_would_end_before_it_begins_is_refused() -> None:
    backwards = Registration("样例", "Sample", date(2026, 3, 2), date(2026, 3, 1))
    with pytest.raises(Invalid, match="bad_value"):
        register_channel(MANAGER, "app", backwards, order(KEY))


def test_only_who_manages_channels_may_touch_them() -> None:
    with pytest.raises(Forbidden, match="right_missing"):
        register_channel(seeding.DESK, "app", APP, order(KEY))


def test_staff_may_come_without_a_channel_and_an_unknown_one_is_not_kept() -> None:
    manager = "staff-city-permissions"
    assert identify.principal(manager, None, "", MONDAY).channel == ""
    assert identify.principal(manager, None, "a-desktop", MONDAY).channel == ""


def test_the_city_learns_by_which_id_a_channel_knows_a_worker() -> None:
    register_channel(MANAGER, "app", APP, order(KEY))
    for days in (0, 1):
        keep_contact.keep_contact(comes("app", days), MONDAY + timedelta(days=days))
    (known,) = contacts.of_people([PersonId("p-worker")], ["app", "wechat"])[PersonId("p-worker")]
    assert (known.client_id, known.user_id) == ("app", "user-7")
    assert known.since == "2026-03-02T09:00:00+08:00"

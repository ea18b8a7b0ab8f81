"""`voucherctl channel`: what it asks of the city, what it prints, how it ends."""

import json
from typing import Any

from typer.testing import CliRunner

from ops.voucherctl import app
from tests.ops.fake_city import fake_city, problem

ALIPAY: dict[str, Any] = {
    "client_id": "alipay-card",
    "name_zh": "支付宝",
    "name_en": "Alipay",
    "since": "2026-01-01",
    "until": None,
    "suspended": None,
    "open": True,
}
NAMES = ("--name-zh", "支付宝", "--name-en", "Alipay", "--since", "2026-01-01")


def call(url: str, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["--api-url", url, "--token", "t", "channel", *arguments])
    return result.exit_code, result.output


def test_a_registration_sends_what_was_said_and_no_end_where_none_was() -> None:
    with fake_city(lambda asked: (201, ALIPAY)) as city:
        code, printed = call(city.url, "register", "alipay-card", *NAMES, "--json")
    assert (code, json.loads(printed)) == (0, [ALIPAY])
    (asked,) = city.asked
    assert asked.path == "/channels"
    assert asked.body == {
        name: ALIPAY[name] for name in ("client_id", "name_zh", "name_en", "since")
    }


def test_the_list_shows_why_a_channel_is_shut() -> None:
    shut = ALIPAY | {"suspended": "漏洞", "open": False}
    with fake_city(lambda asked: (200, {"channels": [shut]})) as city:
        code, printed = call(city.url, "list")
    assert code == 0
    assert "漏洞" in printed
    assert "alipay" in printed


def test_a_suspension_names_the_channel_and_the_reason() -> None:
    with fake_city(lambda asked: (201, ALIPAY)) as city:
        assert call(city.url, "suspend", "alipay-card", "--reason", "漏洞")[0] == 0
    (asked,) = city.asked
    assert (asked.path, asked.body) == ("/channels/alipay-card/suspension", {"reason": "漏洞"})


def test_a_suspension_without_a_reason_is_a_wrong_call() -> None:
    assert call("http://localhost:1", "suspend", "alipay-card")[0] == 2


def test_an_unknown_channel_ends_with_one_and_says_what_to_do() -> None:
    with fake_city(lambda asked: problem(404, "not_found")) as city:
        code, printed = call(city.url, "suspend", "no-app", "--reason", "漏洞")
    assert code == 1
    assert "check the id" in printed

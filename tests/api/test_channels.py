"""Client channels over HTTP: the manager's routes, and the caller's own channel."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.rules import channel
from chalicelib.rules.channel import Registration
from chalicelib.usecases import claim, list_channels, register_channel, suspend_channel
from tests.api.gateway import CITY, WORKER, Gateway
from tests.builders import a_command, a_voucher

Verb = Callable[[Any, str, object], list[tuple[Any, ...]]]
TOLD = Registration("支付宝", "Alipay", date(2026, 1, 1), None)
ALIPAY = channel.registered("alipay-card", None, TOLD, a_command())
BODY = {"client_id": "alipay-card", "name_zh": "支付宝", "name_en": "Alipay", "since": "2026-01-01"}


def test_a_channel_is_registered_as_it_was_told(gateway: Gateway, verb: Verb) -> None:
    asked = verb(register_channel, "register_channel", ALIPAY)
    answer = gateway.post("/channels", CITY, BODY)
    assert asked[0][:3] == (CITY, "alipay-card", TOLD)
    assert answer.status_code == 201
    assert answer.json_body == BODY | {"until": None, "suspended": None, "open": True}


def test_a_suspended_channel_is_listed_with_the_reason(gateway: Gateway, verb: Verb) -> None:
    verb(list_channels, "list_channels", [channel.suspended(ALIPAY, "漏洞", a_command())])
    (listed,) = gateway.get("/channels", CITY).json_body["channels"]
    assert (listed["open"], listed["suspended"]) == (False, "漏洞")


def test_a_suspension_names_the_channel_and_the_reason(gateway: Gateway, verb: Verb) -> None:
    asked = verb(suspend_channel, "suspend_channel", ALIPAY)
    gateway.post("/channels/alipay-card/suspension", CITY, {"reason": "漏洞"})
    assert asked[0][:3] == (CITY, "alipay-card", "漏洞")


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": "Alipay Card"},
        {"since": "1 January"},
        {"name_en": ""},
        {"until": "2026-02-30"},
    ],
)
def test_a_registration_that_cannot_be_read_is_a_400(
    gateway: Gateway, wrong: dict[str, str]
) -> None:
    answer = gateway.post("/channels", CITY, BODY | wrong)
    assert (answer.status_code, answer.json_body["field"]) == (400, *wrong)


def test_a_command_names_the_channel_of_the_caller(
    gateway: Gateway, verb: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = verb(claim, "claim", a_voucher())
    through = replace(WORKER, channel="alipay-card")
    monkeypatch.setattr("chalicelib.usecases.identify.principal", lambda *_: through)
    gateway.post("/programmes/social-training/claims", WORKER)
    assert asked[0][2].channel == "alipay-card"

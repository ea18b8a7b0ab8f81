"""The apps' inbox: a notice shows once, and what is no notice shows nobody anything."""

import json
from pathlib import Path
from typing import Any

import boto3
import pytest

from sim.channels.inbox import Inbox
from sim.channels.schemas import Schemas

SCHEMAS = Schemas(Path(__file__).parents[2] / "docs" / "schemas")
WORDS = {"title": "已到账", "body": "已拨付"}


def a_notice(serial: int = 1, **changed: Any) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": f"n-{serial}",
        "source": "urn:voucher-city:notices",
        "type": "city.voucher.notice.paid.v1",
        "time": "2026-03-20T10:00:00+08:00",
        "subject": "wechat-card",
        "data": {
            "code": "paid",
            "client_id": "wechat-card",
            "user_id": "user-1",
            "voucher_id": "v-k3v7q2mzr5w6t4xj2b7ncd5yea",
            "programme": "social-training",
            "words": {"zh-CN": WORDS, "en": WORDS},
            "amount_fen": 160_000,
        },
        **changed,
    }


@pytest.fixture
def inbox() -> Inbox:
    return Inbox(None, "", SCHEMAS)


def test_a_repeated_notice_shows_once(inbox: Inbox) -> None:
    for _ in range(3):
        inbox.take(json.dumps(a_notice()))
    assert (inbox.by_kind(), inbox.repeated, inbox.faulty) == ({"paid": 1}, 2, [])


def test_another_content_under_a_known_id_is_a_fault(inbox: Inbox) -> None:
    inbox.take(json.dumps(a_notice()))
    inbox.take(json.dumps(a_notice(subject="alipay-card")))
    assert (inbox.by_kind(), len(inbox.faulty)) == ({"paid": 1}, 1)


@pytest.mark.parametrize(
    "body",
    [
        "no JSON",
        "[]",
        json.dumps(a_notice(type="city.voucher.notice.unknown.v1")),
        json.dumps(a_notice(type="../bank")),
        json.dumps(a_notice(data={"code": "paid"})),
        json.dumps(a_notice(specversion="0.3")),
    ],
)
def test_what_is_no_notice_shows_nothing_and_is_told_without_its_content(
    inbox: Inbox, body: str
) -> None:
    inbox.take(body)
    assert inbox.by_kind() == {}
    assert inbox.faulty
    assert "user-1" not in str(inbox.faulty)


def test_the_queue_is_emptied(outside: boto3.Session) -> None:
    sqs = outside.client("sqs")
    url = sqs.create_queue(QueueName="channels")["QueueUrl"]
    for serial in range(23):
        sqs.send_message(QueueUrl=url, MessageBody=json.dumps(a_notice(serial)))
    inbox = Inbox(sqs, url, SCHEMAS)
    assert [inbox.take_all(), inbox.take_all()] == [23, 0]
    assert inbox.shown["wechat-card", "paid"] == 23

"""The bank at its two queues: what it takes, what it answers, what it remembers."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import boto3
import pytest

from sim.bank.ledger import Ledger
from sim.bank.program import Bank, work_once
from sim.desk.work import Work
from tests.published import all_told

SHANGHAI = timezone(timedelta(hours=8))
NOW = datetime(2026, 3, 20, 10, 0, tzinfo=SHANGHAI)


@pytest.fixture
def bank(tmp_path: Path, outside: boto3.Session) -> Iterator[Bank]:
    sqs, kms = outside.client("sqs"), outside.client("kms")
    ledger = Ledger(tmp_path / "bank.sqlite")
    yield Bank(
        name="sample",
        sqs=sqs,
        kms=kms,
        orders_url=sqs.create_queue(QueueName="bank")["QueueUrl"],
        results_url=sqs.create_queue(QueueName="bank-results")["QueueUrl"],
        key_id=kms.create_key()["KeyMetadata"]["KeyId"],
        ledger=ledger,
        clock=lambda: NOW,
    )
    ledger.close()


def ask(
    bank: Bank,
    line_id: str = "line",
    account: str = "6219880000000000001",
    amount_fen: int = 160_000,
    context: str | None = None,
) -> None:
    payee = {"payee_name": "张三", "account": account, "branch_code": "102290000000"}
    sealed = bank.kms.encrypt(
        KeyId=bank.key_id,
        Plaintext=json.dumps(payee).encode(),
        EncryptionContext={"line_id": context or line_id},
    )["CiphertextBlob"]
    event = {
        "specversion": "1.0",
        "id": f"{line_id}.1",
        "source": "urn:voucher-city:payments",
        "type": "city.voucher.payment.requested.v1",
        "time": NOW.isoformat(),
        "datacontenttype": "application/json",
        "data": {
            "line_id": line_id,
            "attempt": 1,
            "amount_fen": amount_fen,
            "currency": "CNY",
            "sealed": base64.b64encode(sealed).decode(),
        },
    }
    bank.sqs.send_message(QueueUrl=bank.orders_url, MessageBody=json.dumps(event))


def told(bank: Bank) -> list[dict[str, Any]]:
    return all_told(bank.sqs, bank.results_url)


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [event["type"].split(".")[3] for event in events]


def test_an_order_is_opened_under_its_line_and_answered_with_its_amount(bank: Bank) -> None:
    ask(bank)
    assert work_once(bank) == Work(heard=1, sent=2)
    accepted, paid = told(bank)
    assert kinds([accepted, paid]) == ["accepted", "paid"]
    assert paid["data"] == {"line_id": "line", "attempt": 1, "amount_fen": 160_000}
    assert paid["source"] == "urn:bank:sample"
    assert paid["time"] == NOW.isoformat()
    assert accepted["id"] != paid["id"]


def test_a_repeated_order_is_paid_once_though_it_was_sealed_anew(bank: Bank) -> None:
    ask(bank)
    ask(bank)
    assert work_once(bank) == Work(heard=1, repeated=1, sent=2)
    assert kinds(told(bank)) == ["accepted", "paid"]


def test_a_known_id_with_another_amount_moves_nothing(bank: Bank) -> None:
    ask(bank)
    work_once(bank)
    told(bank)
    ask(bank, amount_fen=170_000)
    assert work_once(bank) == Work()
    assert told(bank) == []


def test_a_payee_sealed_for_another_line_is_left_in_the_queue(bank: Bank) -> None:
    ask(bank, context="another line")
    assert work_once(bank) == Work()
    assert told(bank) == []


def test_a_message_that_is_no_order_is_left_in_the_queue(bank: Bank) -> None:
    bank.sqs.send_message(QueueUrl=bank.orders_url, MessageBody='{"hello": "bank"}')
    ask(bank)
    assert work_once(bank) == Work(heard=1, sent=2)


def test_the_fifth_payment_is_told_twice_with_one_id(bank: Bank) -> None:
    for number in range(5):
        ask(bank, line_id=f"line-{number}")
    work_once(bank)
    fifth = [event for event in told(bank) if event["data"]["line_id"] == "line-4"]
    assert kinds(fifth) == ["accepted", "paid", "paid"]
    assert fifth[1]["id"] == fifth[2]["id"]


def test_the_seventh_payment_is_told_in_the_wrong_order(bank: Bank) -> None:
    for number in range(7):
        ask(bank, line_id=f"line-{number}")
    work_once(bank)
    seventh = [event for event in told(bank) if event["data"]["line_id"] == "line-6"]
    assert kinds(seventh) == ["paid", "accepted"]


def test_a_rejected_order_does_not_count_as_a_payment(bank: Bank) -> None:
    ask(bank, line_id="closed", account="6219900000000000001")
    for number in range(4):
        ask(bank, line_id=f"line-{number}")
    work_once(bank)
    events = told(bank)
    assert kinds(events) == ["rejected"] + ["accepted", "paid"] * 4
    assert events[0]["data"]["reason"] == "account closed"


def test_a_return_waits_for_seven_days_of_the_banks_own_clock(bank: Bank) -> None:
    ask(bank, account="6219910000000000001")
    work_once(bank)
    assert kinds(told(bank)) == ["accepted", "paid"]
    almost = replace(bank, clock=lambda: NOW + timedelta(days=7, seconds=-1))
    assert work_once(almost) == Work()
    later = replace(bank, clock=lambda: NOW + timedelta(days=7))
    assert work_once(later) == Work(sent=1)
    (returned,) = told(bank)
    assert kinds([returned]) == ["returned"]
    assert returned["data"]["amount_fen"] == 160_000


def test_the_ledger_outlives_the_program(bank: Bank, tmp_path: Path) -> None:
    ask(bank)
    work_once(bank)
    ask(bank)
    again = replace(bank, ledger=Ledger(tmp_path / "bank.sqlite"))
    assert work_once(again) == Work(repeated=1)
    again.ledger.close()

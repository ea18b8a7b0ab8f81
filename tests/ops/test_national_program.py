"""The national platform at its two queues: what it hears, what it answers, what it remembers."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import boto3
import pytest
from stdnum import luhn

from chalicelib.rules import ids
from chalicelib.rules.ids import PersonId
from sim.desk.work import Work
from sim.national.memory import Memory
from sim.national.news import News
from sim.national.program import Platform, work_once
from sim.national.rules import Answer, Word, answer
from tests.published import all_told

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=timezone(timedelta(hours=8)))
NUMBER = "319900199001010017"


@pytest.fixture
def platform(tmp_path: Path, outside: boto3.Session) -> Iterator[Platform]:
    sqs, kms = outside.client("sqs"), outside.client("kms")
    memory = Memory(tmp_path / "national.sqlite")
    yield Platform(
        name="sample",
        sqs=sqs,
        kms=kms,
        events_url=sqs.create_queue(QueueName="national")["QueueUrl"],
        results_url=sqs.create_queue(QueueName="national-results")["QueueUrl"],
        key_id=kms.create_key()["KeyMetadata"]["KeyId"],
        city_key_id=kms.create_key()["KeyMetadata"]["KeyId"],
        memory=memory,
        clock=lambda: NOW,
        seed=1,
    )
    memory.close()


def a_voucher(n: int) -> str:
    """The id of somebody's voucher."""
    return ids.voucher_id(PersonId(f"p-{n}"), "social-training", "2026", 1)


def an_event(voucher: str, sequence: int, **changed: Any) -> dict[str, Any]:
    state = changed.pop("state", "CLAIMED" if sequence > 1 else "ISSUED")
    return {
        "specversion": "1.0",
        "id": f"{voucher}.{sequence}",
        "source": "urn:voucher-city:vouchers",
        "type": f"city.voucher.voucher.{state.lower()}.v1",
        "data": {"voucher_id": voucher, "sequence": sequence, "state": state, **changed},
    }


def tell(platform: Platform, event: dict[str, Any]) -> None:
    platform.sqs.send_message(QueueUrl=platform.events_url, MessageBody=json.dumps(event))


def tell_issue(platform: Platform, voucher: str, number: str, context: str = "") -> None:
    sealed = platform.kms.encrypt(
        KeyId=platform.key_id,
        Plaintext=json.dumps({"aac147": number, "aac003": "张三"}).encode(),
        EncryptionContext={"event_id": context or f"{voucher}.1"},
    )["CiphertextBlob"]
    tell(platform, an_event(voucher, 1, sealed=base64.b64encode(sealed).decode()))


def said(platform: Platform) -> list[dict[str, Any]]:
    return all_told(platform.sqs, platform.results_url)


def one_that(word: Word | None, after: timedelta = timedelta(0)) -> str:
    """A voucher whose second event the platform of seed 1 answers so."""
    for n in range(10_000):
        found = answer(News(f"{a_voucher(n)}.2", "CLAIMED", None), 1, 0)
        if (found and found.word) == word and (found is None or found.after[-1] == after):
            return a_voucher(n)
    raise AssertionError("no such voucher")


def test_it_acknowledges_in_bundles(platform: Platform) -> None:
    vouchers = [a_voucher(n) for n in range(60) if _plain(f"{a_voucher(n)}.2")]
    for voucher in vouchers:
        tell(platform, an_event(voucher, 2))
    done = Work()
    while not (work := work_once(platform)).idle:
        done += work
    (event,) = said(platform)
    assert done.heard == len(vouchers) > 30
    assert event["type"] == "city.voucher.national.acknowledged.v1"
    assert set(event["data"]["ids"]) == {f"{voucher}.2" for voucher in vouchers}
    assert platform.memory.owed() == 0


def _plain(event_id: str) -> bool:
    return answer(News(event_id, "CLAIMED", None), 1, 0) == Answer(Word.ACKNOWLEDGED)


def test_what_it_forgets_it_acknowledges_when_told_again(platform: Platform) -> None:
    voucher = one_that(None)
    tell(platform, an_event(voucher, 2))
    work_once(platform)
    work_once(platform)
    assert said(platform) == []
    assert platform.memory.owed() == 1
    tell(platform, an_event(voucher, 2))
    assert work_once(platform).repeated == 1
    work_once(platform)
    assert [event["data"] for event in said(platform)] == [{"ids": [f"{voucher}.2"]}]
    assert platform.memory.owed() == 0


def test_what_is_late_comes_by_its_own_clock(platform: Platform) -> None:
    tell(platform, an_event(one_that(Word.ACKNOWLEDGED, timedelta(hours=1)), 2))
    work_once(platform)
    work_once(platform)
    first = said(platform)
    later = replace(platform, clock=lambda: NOW + timedelta(hours=1))
    assert work_once(later) == Work(sent=1)
    assert len(said(platform)) == 1
    assert len(first) in (0, 1)


def test_what_it_refuses_it_refuses_with_a_reason_every_time(platform: Platform) -> None:
    voucher = one_that(Word.REFUSED)
    for _ in range(2):
        tell(platform, an_event(voucher, 2))
        work_once(platform)
    first, second = said(platform)
    assert first["data"] == second["data"] == {"id": f"{voucher}.2", "reason": "record_locked"}
    assert first["id"] != second["id"]


def test_an_account_is_sealed_so_that_only_the_city_opens_it(platform: Platform) -> None:
    number = next(
        str(n)
        for n in range(10_000)
        if (found := answer(News(f"{a_voucher(1)}.1", "ISSUED", str(n)), 1, 0))
        and found.word is Word.ACCOUNT
    )
    tell_issue(platform, a_voucher(1), number)
    work_once(platform)
    (event,) = said(platform)
    opened = platform.kms.decrypt(
        KeyId=platform.city_key_id,
        CiphertextBlob=base64.b64decode(event["data"]["sealed"]),
        EncryptionContext={"event_id": f"{a_voucher(1)}.1"},
    )
    account = json.loads(opened["Plaintext"])["aae010"]
    assert luhn.is_valid(account)
    assert account not in json.dumps(event)


def test_what_it_cannot_read_is_left_in_the_queue(platform: Platform) -> None:
    tell(platform, {"hello": "platform"})
    tell(platform, an_event(a_voucher(1), 1))
    tell(platform, {**an_event(a_voucher(2), 2), "id": f"{a_voucher(3)}.2"})
    tell_issue(platform, a_voucher(4), NUMBER, context=f"{a_voucher(5)}.1")
    assert work_once(platform) == Work()
    assert said(platform) == []


def test_the_memory_outlives_the_program(platform: Platform, tmp_path: Path) -> None:
    tell(platform, an_event(a_voucher(1), 2))
    work_once(platform)
    tell(platform, an_event(a_voucher(1), 2))
    again = replace(platform, memory=Memory(tmp_path / "national.sqlite"))
    assert work_once(again).repeated == 1
    again.memory.close()

"""The edges of money: queue messages and schedules as the cloud hands them over."""

import json
import os
from datetime import timedelta
from typing import Any

import boto3
import pytest

from chalicelib import settings
from chalicelib.jobs import bank_results, closing, expiry, relay, resumption, settlements
from chalicelib.rules.line import LineState
from chalicelib.rules.moves import State
from chalicelib.rules.settlement import ProposalState
from chalicelib.store import proposals, quarantine, vouchers
from tests import money
from tests.jobs.test_run_queues import an_event, waiting
from tests.published import as_promised

pytestmark = pytest.mark.usefixtures("aws_city")

SCHEDULED = {
    "version": "0",
    "id": "e-1",
    "detail-type": "Scheduled Event",
    "source": "aws.events",
    "account": "000000000000",
    "time": "2026-03-20T02:00:00Z",
    "region": "us-east-1",
    "resources": [],
    "detail": {},
}


@pytest.fixture(autouse=True)
def _city(aws_city: None, monkeypatch: pytest.MonkeyPatch) -> None:
    money.open_books()
    monkeypatch.setattr(settings, "now", lambda: money.SETTLING)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the relay's log lines say beside their message."""
    lines: list[dict[str, Any]] = []
    monkeypatch.setattr(relay.logger, "info", lambda message, extra: lines.append(extra))
    return lines


def word(kind: str, line_id: str, **changed: Any) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": f"sample-00000001-{kind}",
        "source": "urn:bank:sample",
        "type": f"city.voucher.bank.{kind}.v1",
        "time": "2026-03-20T10:00:00+08:00",
        "datacontenttype": "application/json",
        "data": {"line_id": line_id, "attempt": 1, "amount_fen": money.STANDARD_FEN},
        **changed,
    }


def heard(*messages: Any) -> list[str]:
    """The ids of the messages that the queue will bring again."""
    answer = bank_results.consume_bank_results(an_event(*map(json.dumps, messages)), None)
    again = [failed["itemIdentifier"] for failed in answer["batchItemFailures"]]
    for number, message in enumerate(messages):
        # What is taken is also what the bank was told that it may say.
        if f"m-{number}" not in again:
            as_promised(message)
    return again


def test_an_approval_is_carried_out_from_its_queue_and_leaves_with_the_relay() -> None:
    paid = money.assessed(1)
    asked = money.approved()
    (message,) = waiting("SETTLEMENTS")
    assert settlements.consume_settlements(an_event(message), None) == {"batchItemFailures": []}
    assert proposals.load(asked.id).state is ProposalState.SETTLED
    relay.relay(SCHEDULED, None)
    assert money.line_of(paid).state is LineState.SENT
    assert len(money.at_the_bank()) == 1


def test_a_lost_request_to_settle_is_made_again_by_the_schedule() -> None:
    money.assessed(1)
    asked = money.approved()
    boto3.client("sqs").purge_queue(QueueUrl=os.environ["SETTLEMENTS_QUEUE_URL"])
    resumption.resume(SCHEDULED, None)
    (message,) = waiting("SETTLEMENTS")
    settlements.consume_settlements(an_event(message), None)
    assert proposals.load(asked.id).state is ProposalState.SETTLED
    resumption.resume(SCHEDULED, None)
    assert waiting("SETTLEMENTS") == []


def test_an_unknown_proposal_comes_back_alone() -> None:
    unknown = json.dumps({"proposal_id": "s-none"})
    answer = settlements.consume_settlements(an_event(unknown, "[]"), None)
    assert len(answer["batchItemFailures"]) == 2


def test_the_bank_s_words_arrive_out_of_order_and_twice() -> None:
    paid, line = money.sent()
    assert heard(word("paid", line.id), word("accepted", line.id), word("paid", line.id)) == []
    assert vouchers.load(paid.id).state is State.WRITTEN_OFF
    assert money.money() == (9 * money.STANDARD_FEN, 0, money.STANDARD_FEN)


def test_a_rejection_keeps_the_bank_s_reason() -> None:
    paid, line = money.sent()
    said = word("rejected", line.id)
    said["data"]["reason"] = "account closed"
    assert heard(said) == []
    assert "account closed" in money.line_of(paid).history[-1]


@pytest.mark.parametrize(
    "message",
    [
        [],
        {},
        word("paid", "l-1", specversion="2.0"),
        word("paid", "l-1", type="city.voucher.bank.lost.v1"),
        word("paid", "l-1", source="urn:voucher-city:payments"),
        word("paid", "l-1", source="urn:bank:sample\n"),
        word("paid", "l-1", id=""),
        word("paid", "l-1", data={"line_id": "l-1", "attempt": 1, "amount_fen": "1"}),
        word("paid", "l-1", data={"line_id": "l-1", "attempt": 1, "amount_fen": 1.5}),
        word("paid", "l-1", data={"line_id": "l-1", "attempt": True, "amount_fen": 1}),
        word("paid", "l-1", data={"line_id": "l-1", "attempt": 1, "amount_fen": -1}),
        word("paid", "l-1", data={"line_id": "l-1", "attempt": 1, "amount_fen": 1, "x": 1}),
        word("paid", "l-1", data={"line_id": "l" * 65, "attempt": 1, "amount_fen": 1}),
    ],
)
def test_what_is_no_word_of_a_bank_goes_to_the_dead_letters_alone(message: Any) -> None:
    paid, line = money.sent()
    assert heard(message, word("paid", line.id)) == ["m-0"]
    assert money.line_of(paid).state is LineState.PAID


def test_a_word_about_a_stranger_s_line_is_acknowledged_and_kept() -> None:
    assert heard(word("paid", "l-none")) == []
    assert quarantine._Quarantined.get("q-urn:bank:sample/sample-00000001-paid").said == "pay"


def test_an_early_word_comes_again() -> None:
    paid = money.assessed(1)
    money.settled()
    early = word("paid", money.line_of(paid).id)
    assert heard(early) == ["m-0"]
    relay.relay(SCHEDULED, None)
    assert heard(early) == []


def test_the_nightly_schedules_find_nothing_before_its_time() -> None:
    made = money.enrolled(1)
    expiry.expire(SCHEDULED, None)
    closing.close(SCHEDULED, None)
    assert vouchers.load(made.id) == made


def test_the_relay_tells_how_long_the_oldest_line_it_left_over_has_been_due(
    monkeypatch: pytest.MonkeyPatch, told: list[dict[str, Any]]
) -> None:
    money.assessed(1)
    money.settled()
    monkeypatch.setattr(relay.send, "send_due", lambda now, spent: 0)
    monkeypatch.setattr(settings, "now", lambda: money.SETTLING + timedelta(minutes=20))
    relay.relay(SCHEDULED, None)
    assert {"log": "M001", "oldest_due_s": 1200} in told


def test_with_nothing_due_the_relay_tells_so(told: list[dict[str, Any]]) -> None:
    relay.relay(SCHEDULED, None)
    assert {"log": "M001", "oldest_due_s": 0} in told

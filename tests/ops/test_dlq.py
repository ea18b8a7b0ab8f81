"""`voucherctl dlq` on real queues: what it shows stays, what it hands back arrives once."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from typer.testing import CliRunner

from infra.local_cloud import Cloud
from ops import dead_letters, operator
from ops.operator import Operator
from ops.showing import age
from ops.voucherctl import app

NAMES = ("ImportsQueue", "ImportsQueueDLQ", "ScheduleFailuresQueue", "StreamFailuresQueue")
RUN_OUT = {
    "version": "1.0",
    "requestContext": {
        "functionArn": "arn:aws:lambda:us-east-1:000000000000:function:relay:$LATEST",
        "condition": "RetriesExhausted",
    },
    "requestPayload": {"id": "e-1", "detail-type": "Scheduled Event"},
}


@pytest.fixture
def sqs(empty_cloud: Cloud) -> Any:
    return boto3.client("sqs")


@pytest.fixture
def queues(sqs: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """A city's outputs: a working queue, its dead letters, a schedule's failures."""
    outputs = {name: sqs.create_queue(QueueName=f"dlq-{name}")["QueueUrl"] for name in NAMES}
    outputs |= {"ApiUrl": "http://unused", "FilesBucket": "files"}
    monkeypatch.setattr(operator, "read_outputs", lambda client, stack: outputs)
    yield outputs
    for name in NAMES:
        sqs.delete_queue(QueueUrl=outputs[name])


def call(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["dlq", *arguments], env={"COLUMNS": "160"})
    return result.exit_code, result.stdout, result.stderr


def fill(sqs: Any, url: str, count: int) -> None:
    for n in range(count):
        sqs.send_message(QueueUrl=url, MessageBody=json.dumps({"run_id": f"run-{n}"}))


def arrived(sqs: Any, url: str) -> list[str]:
    """The bodies of all messages that wait in a queue."""
    return sorted(letter.body for letter in dead_letters.look(sqs, url, 1000))


def test_every_queue_where_failures_collect_is_listed_and_no_other(
    sqs: Any, queues: dict[str, str]
) -> None:
    fill(sqs, queues["ImportsQueueDLQ"], 12)
    code, printed, _ = call("list", "--json")
    listed = {row.pop("queue"): row for row in json.loads(printed)}
    assert code == 0
    assert set(listed) == set(NAMES) - {"ImportsQueue"}
    assert listed["ImportsQueueDLQ"]["messages"] == 12
    assert listed["ImportsQueueDLQ"]["oldest_s"] >= 0
    assert listed["ImportsQueueDLQ"]["goes_back_to"] == "ImportsQueue"
    assert listed["ScheduleFailuresQueue"]["oldest_s"] is None


def test_what_is_shown_stays(sqs: Any, queues: dict[str, str]) -> None:
    fill(sqs, queues["ImportsQueueDLQ"], 12)
    code, printed, _ = call("show", "ImportsQueueDLQ", "--limit", "11", "--json")
    assert code == 0
    assert len(json.loads(printed)) == 11
    assert len(arrived(sqs, queues["ImportsQueueDLQ"])) == 12


def test_sealed_fields_and_overlong_texts_are_shown_shortened(
    sqs: Any, queues: dict[str, str]
) -> None:
    content = {"data": {"sealed": "c2VhbGVkLXBheWVl", "line_id": "l-1"}}
    sqs.send_message(QueueUrl=queues["ImportsQueueDLQ"], MessageBody=json.dumps(content))
    sqs.send_message(QueueUrl=queues["ImportsQueueDLQ"], MessageBody="not JSON " * 40)
    _, printed, _ = call("show", "ImportsQueueDLQ")
    assert '"sealed": "c2VhbGVk… (16 characters)"' in printed
    assert '"line_id": "l-1"' in printed
    assert "not JSON… (360 characters)" in printed


def test_messages_are_handed_back_to_the_queue_they_came_from(
    sqs: Any, queues: dict[str, str]
) -> None:
    fill(sqs, queues["ImportsQueueDLQ"], 23)
    before = arrived(sqs, queues["ImportsQueueDLQ"])
    code, printed, _ = call("redrive", "ImportsQueueDLQ", "--json")
    assert code == 0
    assert json.loads(printed) == {"queue": "ImportsQueueDLQ", "moved": 23, "kept": []}
    assert arrived(sqs, queues["ImportsQueueDLQ"]) == []
    assert arrived(sqs, queues["ImportsQueue"]) == before


def test_a_dry_run_moves_nothing(sqs: Any, queues: dict[str, str]) -> None:
    fill(sqs, queues["ImportsQueueDLQ"], 2)
    code, printed, _ = call("redrive", "ImportsQueueDLQ", "--dry-run")
    assert (code, printed) == (0, "2 would go from ImportsQueueDLQ to ImportsQueue\n")
    assert len(arrived(sqs, queues["ImportsQueueDLQ"])) == 2


def test_a_schedules_failed_run_is_given_to_its_function_again(
    sqs: Any, queues: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sqs.send_message(QueueUrl=queues["ScheduleFailuresQueue"], MessageBody=json.dumps(RUN_OUT))
    sqs.send_message(QueueUrl=queues["ScheduleFailuresQueue"], MessageBody='{"foreign": 1}')
    invoked: list[dict[str, Any]] = []

    class Functions:
        def invoke(self, **request: Any) -> None:
            invoked.append(request)

    monkeypatch.setattr(
        Operator, "client", lambda self, service: Functions() if service == "lambda" else sqs
    )
    code, printed, advice = call("redrive", "ScheduleFailuresQueue")
    assert code == 1
    assert "1 went from ScheduleFailuresQueue to the function that failed" in printed
    assert "dead-letters.md" in advice
    (request,) = invoked
    assert request["FunctionName"] == "arn:aws:lambda:us-east-1:000000000000:function:relay"
    assert request["InvocationType"] == "Event"
    assert json.loads(request["Payload"]) == RUN_OUT["requestPayload"]
    assert arrived(sqs, queues["ScheduleFailuresQueue"]) == ['{"foreign": 1}']


@pytest.mark.parametrize("command", ["show", "redrive"])
def test_a_queue_that_is_none_of_these_is_answered_with_those_that_are(
    queues: dict[str, str], command: str
) -> None:
    code, _, said = call(command, "ImportsQueue")
    assert code == 2
    assert "no such queue: ImportsQueue. There are: ImportsQueueDLQ, ScheduleFailuresQueue" in said


def test_what_carries_no_event_is_not_handed_back_but_explained(queues: dict[str, str]) -> None:
    code, _, said = call("redrive", "StreamFailuresQueue")
    assert code == 1
    assert "docs/runbooks/dead-letters.md" in said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(None, ""), (0, "0 s"), (61, "1 min 1 s"), (3_600, "1 h 0 min"), (180_000, "2 d 2 h")],
)
def test_an_age_is_told_in_its_two_greatest_units(seconds: int | None, said: str) -> None:
    assert age(seconds) == said

"""The queues of runs: a message is worked, and one that fails comes back alone."""

import json
import os
from typing import Any

import boto3
import pytest

from chalicelib.jobs import batches, imports
from chalicelib.rules.person import FactKind
from chalicelib.rules.principal import Right
from chalicelib.rules.run import RunKind, RunState
from chalicelib.store import runs
from chalicelib.usecases import ask_batch, ask_import
from tests import groups, office_files, seeding
from tests.builders import a_command

pytestmark = pytest.mark.usefixtures("aws_city")

OFFICER = seeding.official(
    "staff-city", Right.IMPORT_ROSTER, Right.VOUCHER_ISSUE, office=seeding.CITY_OFFICE
)


def an_event(*bodies: str) -> dict[str, Any]:
    """What the queue hands a function; each message carries its own id."""
    records = [
        {"messageId": f"m-{n}", "receiptHandle": f"r-{n}", "body": body, "attributes": {}}
        | {"messageAttributes": {}, "eventSource": "aws:sqs", "eventSourceARN": "arn"}
        for n, body in enumerate(bodies)
    ]
    return {"Records": records}


def waiting(queue: str) -> list[str]:
    """The bodies of the messages that wait in a queue."""
    url = os.environ[f"{queue}_QUEUE_URL"]
    answer: dict[str, Any] = boto3.client("sqs").receive_message(
        QueueUrl=url, MaxNumberOfMessages=10
    )
    return [message["Body"] for message in answer.get("Messages", [])]


def test_an_ordered_import_is_worked_from_its_queue() -> None:
    key = office_files.put(RunKind.ROSTER, [office_files.person(1)])
    run = ask_import.ask_import(OFFICER, RunKind.ROSTER, key, a_command(actor=OFFICER.subject))
    (message,) = waiting("IMPORTS")
    assert imports.consume_imports(an_event(message), None) == {"batchItemFailures": []}
    assert runs.load(run.id).state is RunState.DONE


def test_a_message_that_cannot_be_worked_comes_back_alone() -> None:
    key = office_files.put(RunKind.ROSTER, [office_files.person(1)])
    run = ask_import.ask_import(OFFICER, RunKind.ROSTER, key, a_command(actor=OFFICER.subject))
    unknown, sound = json.dumps({"run_id": "r-none"}), json.dumps({"run_id": run.id})
    answer = imports.consume_imports(an_event(unknown, "no json", sound), None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m-0"}, {"itemIdentifier": "m-1"}]}
    assert runs.load(run.id).state is RunState.DONE


def test_a_run_whose_time_is_spent_sends_itself_again(monkeypatch: pytest.MonkeyPatch) -> None:
    key = office_files.put(RunKind.ROSTER, [office_files.person(n) for n in range(201)])
    run = ask_import.ask_import(OFFICER, RunKind.ROSTER, key, a_command(actor=OFFICER.subject))
    (message,) = waiting("IMPORTS")
    monkeypatch.setattr(imports, "WORKED_S", 0)
    imports.consume_imports(an_event(message), None)
    assert runs.load(run.id).state is RunState.RUNNING
    assert waiting("IMPORTS") == [message]


def test_an_ordered_batch_is_worked_from_its_queue() -> None:
    seeding.publish()
    seeding.register(1, groups.REGISTERED_UNEMPLOYED)
    command = a_command(actor=OFFICER.subject)
    run = ask_batch.ask_batch(
        OFFICER, "social-training", FactKind.GROUP, groups.REGISTERED_UNEMPLOYED, command
    )
    (message,) = waiting("BATCHES")
    assert batches.consume_batches(an_event(message), None) == {"batchItemFailures": []}
    assert runs.load(run.id).state is RunState.DONE

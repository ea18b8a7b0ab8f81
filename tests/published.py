"""Messages as the published schemas (docs/schemas) promise them; who reads queues asks here."""

import json
from pathlib import Path
from typing import Any

from sim.channels.schemas import Schemas

SCHEMAS = Schemas(Path(__file__).parent.parent / "docs" / "schemas")


def as_promised(event: dict[str, Any]) -> dict[str, Any]:
    """The message itself; AssertionError where it is not as its schema says."""
    faults = SCHEMAS.faults(event)
    assert not faults, f"{event['type']}: {faults}"
    return event


def all_told(sqs: Any, queue_url: str) -> list[dict[str, Any]]:
    """Every message that waits in a queue, as promised; the queue is empty after."""
    told: list[dict[str, Any]] = []
    while messages := sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get(
        "Messages"
    ):
        for message in messages:
            told.append(as_promised(json.loads(message["Body"])))
            sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
    return told

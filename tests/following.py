"""The vouchers' stream as its function meets it: what became of vouchers, in DynamoDB's types."""

import json
from base64 import b64encode
from collections.abc import Iterable
from typing import Any

import boto3

from chalicelib import settings
from chalicelib.jobs import voucher_changes
from chalicelib.rules.voucher import Voucher
from chalicelib.store import voucher_item
from infra import events
from tests.published import as_promised

Change = tuple[Voucher | None, Voucher]


def image(voucher: Voucher) -> dict[str, Any]:
    """The item as a stream's record shows it: binary content is base64 there."""
    content = voucher_item.written(voucher).serialize()
    return {
        name: {"B": b64encode(value["B"]).decode()} if "B" in value else value
        for name, value in content.items()
    }


def records(changes: Iterable[Change]) -> dict[str, Any]:
    """The stream's event for vouchers before and after a write."""
    listed = list(changes)
    event = events.of_a_stream(*(image(after) for _, after in listed))
    for record, (before, _) in zip(event["Records"], listed, strict=True):
        if before:
            record["eventName"] = "MODIFY"
            record["dynamodb"]["OldImage"] = image(before)
    return event


def follow(*changes: Change) -> list[str]:
    """The stream's function works off these changes; the records it hands back."""
    answer = voucher_changes.follow_vouchers(records(changes), None)
    return [failed["itemIdentifier"] for failed in answer["batchItemFailures"]]


def taken_from(queue_url: str) -> list[dict[str, Any]]:
    """The events in a queue, oldest first, and gone from it."""
    sqs = boto3.client("sqs")
    taken: list[dict[str, Any]] = []
    while found := sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get("Messages"):
        for message in found:
            taken.append(as_promised(json.loads(message["Body"])))
            sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
    return taken


def at_the_platform() -> list[dict[str, Any]]:
    """What waits for the national platform."""
    return taken_from(settings.load().national_queue_url)

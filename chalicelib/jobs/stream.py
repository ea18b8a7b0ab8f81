"""The stream of the vouchers' table, as both of its readers meet it."""

from typing import Any

from chalice.app import DynamoDBEvent

from chalicelib.rules.change import Change
from chalicelib.usecases.read_changes import Told, read_changes


def changes_in(event: DynamoDBEvent) -> tuple[list[Change], dict[str, Any]]:
    """The changes that brought events, and the stream's answer: the records nobody can read."""
    told = [Told(each.sequence_number, each.old_image, each.new_image) for each in event]
    changes, unreadable = read_changes(told)
    return changes, {"batchItemFailures": [{"itemIdentifier": number} for number in unreadable]}

"""The queue of batches: each message is an issue to a whole group, or the rest of one."""

from typing import Any

from chalice.app import Blueprint, SQSEvent

from chalicelib.observability import observed

from .imports import work_runs

bp = Blueprint(__name__)


@bp.on_sqs_message(queue="batches", batch_size=10, name="consume_batches")
@observed
def consume_batches(event: SQSEvent) -> dict[str, Any]:
    """Works the runs of these messages."""
    return work_runs(event)

"""Messages that leave a function: work for the city's own consumers, events for others."""

import json
from collections.abc import Sequence
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import settings
from chalicelib.errors import Unavailable
from chalicelib.rules.ids import ProposalId, RunId
from chalicelib.rules.run import BEYOND_FILES, RunKind

from .aws import client

_PER_CALL = 10


def send_run(kind: RunKind, run_id: RunId) -> None:
    """Asks for the next piece of a run."""
    known = settings.load()
    url = known.batches_queue_url if kind in BEYOND_FILES else known.imports_queue_url
    _send(url, {"run_id": run_id})


def send_proposal(proposal_id: ProposalId) -> None:
    """Asks for an approved proposal to be carried out."""
    _send(settings.load().settlements_queue_url, {"proposal_id": proposal_id})


def send_to_bank(event: str) -> None:
    """Hands the bank one payment request as it was written; Unavailable."""
    _send_all(settings.load().bank_queue_url, [event])


def send_to_national(events: Sequence[str]) -> None:
    """Hands the national platform events as they were written, in no promised order.

    Raises Unavailable where the queue has not taken all of them.
    """
    _send_all(settings.load().national_queue_url, events)


def send_to_channels(events: Sequence[str]) -> None:
    """Hands the apps' gateway notices as they were written; each names its app as `subject`.

    Raises Unavailable where the queue has not taken all of them.
    """
    _send_all(settings.load().channels_queue_url, events)


def _send_all(url: str, bodies: Sequence[str]) -> None:
    for start in range(0, len(bodies), _PER_CALL):
        batch = bodies[start : start + _PER_CALL]
        entries = [{"Id": str(n), "MessageBody": body} for n, body in enumerate(batch)]
        try:
            answer = client("sqs").send_message_batch(QueueUrl=url, Entries=entries)
        except (BotoCoreError, ClientError) as error:
            raise Unavailable("queue") from error
        if answer.get("Failed"):
            raise Unavailable("queue")


def _send(url: str, content: dict[str, Any]) -> None:
    try:
        client("sqs").send_message(
            QueueUrl=url, MessageBody=json.dumps(content, ensure_ascii=False)
        )
    except (BotoCoreError, ClientError) as error:
        raise Unavailable("queue") from error

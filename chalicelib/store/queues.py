"""Messages that leave a function: work for the city's own consumers, payments for the bank."""

import json
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import settings
from chalicelib.errors import Unavailable
from chalicelib.rules.ids import ProposalId, RunId
from chalicelib.rules.run import RunKind

from .aws import client


def send_run(kind: RunKind, run_id: RunId) -> None:
    """Asks for the next piece of a run."""
    known = settings.load()
    url = known.batches_queue_url if kind is RunKind.BATCH else known.imports_queue_url
    _send(url, {"run_id": run_id})


def send_proposal(proposal_id: ProposalId) -> None:
    """Asks for an approved proposal to be carried out."""
    _send(settings.load().settlements_queue_url, {"proposal_id": proposal_id})


def send_to_bank(event: dict[str, Any]) -> None:
    """Hands the bank one payment request."""
    _send(settings.load().bank_queue_url, event)


def _send(url: str, content: dict[str, Any]) -> None:
    try:
        client("sqs").send_message(
            QueueUrl=url, MessageBody=json.dumps(content, ensure_ascii=False)
        )
    except (BotoCoreError, ClientError) as error:
        raise Unavailable("queue") from error

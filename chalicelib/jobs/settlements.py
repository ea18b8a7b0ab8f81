"""The queue of settlements: each message names a proposal that is to be carried on."""

from typing import Any

from chalice.app import Blueprint, SQSEvent

from chalicelib import settings
from chalicelib.observability import observed
from chalicelib.rules.history import Command
from chalicelib.rules.ids import ProposalId
from chalicelib.usecases.settle import settle

from .messages import one_by_one

bp = Blueprint(__name__)


@bp.on_sqs_message(queue="settlements", batch_size=10, name="consume_settlements")
@observed
def consume_settlements(event: SQSEvent) -> dict[str, Any]:
    """Carries on the proposals of these messages."""

    def work(message: dict[str, Any]) -> None:
        proposal_id = ProposalId(message["proposal_id"])
        command = Command("settlements", "system", f"settle:{proposal_id}", "", settings.now())
        settle(proposal_id, command)

    return one_by_one(event, work)

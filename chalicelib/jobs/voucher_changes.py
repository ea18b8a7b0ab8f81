"""The stream of the vouchers' table: what became of each voucher, told to those who follow it."""

from typing import Any

from chalice.app import Blueprint, DynamoDBEvent

from chalicelib import settings
from chalicelib.observability import observed
from chalicelib.usecases.tell_channels import tell_channels
from chalicelib.usecases.tell_national import tell_national

from .stream import changes_in

bp = Blueprint(__name__)


@bp.on_dynamodb_record(
    stream_arn="vouchers",
    batch_size=100,
    starting_position="TRIM_HORIZON",
    maximum_batching_window_in_seconds=1,
    name="follow_vouchers",
)
@observed
def follow_vouchers(event: DynamoDBEvent) -> dict[str, Any]:
    """Tells everybody who follows the vouchers; each of them knows what he was told before."""
    changes, answer = changes_in(event)
    now = settings.now()
    tell_national(changes, now)
    tell_channels(changes, now)
    return answer

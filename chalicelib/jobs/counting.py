"""The stream of the vouchers' table, read a second time: what happened is counted."""

from typing import Any

from chalice.app import Blueprint, DynamoDBEvent

from chalicelib.observability import Log, logger, observed
from chalicelib.usecases.count import count

from .stream import changes_in

bp = Blueprint(__name__)


@bp.on_dynamodb_record(
    stream_arn="vouchers",
    batch_size=100,
    starting_position="TRIM_HORIZON",
    maximum_batching_window_in_seconds=1,
    name="count_figures",
)
@observed
def count_figures(event: DynamoDBEvent) -> dict[str, Any]:
    """Adds to the figures what is not counted yet."""
    changes, answer = changes_in(event)
    if added := count(change.voucher for change in changes):
        sums = {figure.value: fresh for figure, fresh in added.items()}
        logger.info("counted", extra={"log": Log.COUNTED, **sums})
    return answer

"""The schedule of every minute: due payment lines leave for the bank."""

from chalice.app import Blueprint, CloudWatchEvent, Rate

from chalicelib import settings
from chalicelib.observability import Log, logger, observed
from chalicelib.usecases import overdue_lines, send

from .schedules import spent_after

bp = Blueprint(__name__)

_WORKED_S = 45


@bp.schedule(Rate(1, unit=Rate.MINUTES), name="relay")
@observed
def relay(event: CloudWatchEvent) -> None:
    """Hands the due lines to the bank, and tells how long what is left has been waiting."""
    send.send_due(settings.now(), spent_after(_WORKED_S))
    oldest_s = overdue_lines.oldest_s(settings.now())
    logger.info("oldest due", extra={"log": Log.OLDEST_DUE, "oldest_due_s": oldest_s})

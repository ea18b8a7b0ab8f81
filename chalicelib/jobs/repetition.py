"""The schedule of every five minutes: what no receiver has acknowledged is sent again."""

from chalice.app import Blueprint, CloudWatchEvent, Rate

from chalicelib import settings
from chalicelib.observability import Log, logger, observed
from chalicelib.usecases import repeat as repeating
from chalicelib.usecases import untold

from .schedules import spent_after

bp = Blueprint(__name__)

_WORKED_S = 90


@bp.schedule(Rate(5, unit=Rate.MINUTES), name="repeat")
@observed
def repeat(event: CloudWatchEvent) -> None:
    """Sends what is due once more, and tells how long the oldest event has been unanswered."""
    repeating.repeat(settings.now(), spent_after(_WORKED_S))
    oldest_s = untold.oldest_s(settings.now())
    logger.info("oldest untold", extra={"log": Log.OLDEST_UNTOLD, "oldest_untold_s": oldest_s})

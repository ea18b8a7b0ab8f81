"""The schedule of every hour from 09:00 to 20:00 in Shanghai: tomorrow's classes, near expiries.

Nobody is disturbed at night; what one run has no time for the next one does.
"""

from chalice.app import Blueprint, CloudWatchEvent, Cron

from chalicelib import settings
from chalicelib.observability import Log, logger, observed
from chalicelib.usecases import remind as reminding

from .schedules import spent_after

bp = Blueprint(__name__)

_WORKED_S = 240


@bp.schedule(Cron(0, "1-12", "*", "*", "?", "*"), name="remind")
@observed
def remind(event: CloudWatchEvent) -> None:
    """Tells workers what is due tomorrow or soon, in the apps that know them."""
    told = reminding.remind(settings.now(), spent_after(_WORKED_S))
    logger.info("reminded", extra={"log": Log.REMINDED, "notices": dict(told)})

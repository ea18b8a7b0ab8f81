"""The nightly schedule at 00:20 in Shanghai: check-in vouchers whose class is over."""

from chalice.app import Blueprint, CloudWatchEvent, Cron

from chalicelib import settings
from chalicelib.observability import observed
from chalicelib.usecases import close as closing

from .schedules import spent_after

bp = Blueprint(__name__)

_WORKED_S = 240


@bp.schedule(Cron(20, 16, "*", "*", "?", "*"), name="close")
@observed
def close(event: CloudWatchEvent) -> None:
    """Ends the check-in vouchers of classes that are over."""
    closing.close(settings.now(), spent_after(_WORKED_S))

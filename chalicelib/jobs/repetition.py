"""The schedule of every five minutes: what no receiver has acknowledged is sent again."""

from chalice.app import Blueprint, CloudWatchEvent, Rate

from chalicelib import settings
from chalicelib.observability import observed
from chalicelib.usecases import repeat as repeating

from .schedules import spent_after

bp = Blueprint(__name__)

_WORKED_S = 90


@bp.schedule(Rate(5, unit=Rate.MINUTES), name="repeat")
@observed
def repeat(event: CloudWatchEvent) -> None:
    """Sends what is due once more."""
    repeating.repeat(settings.now(), spent_after(_WORKED_S))

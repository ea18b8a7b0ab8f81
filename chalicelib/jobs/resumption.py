"""The schedule of every five minutes: proposals that were left half done."""

from chalice.app import Blueprint, CloudWatchEvent, Rate

from chalicelib.observability import observed
from chalicelib.usecases import resume as resuming

from .schedules import spent_after

bp = Blueprint(__name__)

_WORKED_S = 90


@bp.schedule(Rate(5, unit=Rate.MINUTES), name="resume")
@observed
def resume(event: CloudWatchEvent) -> None:
    """Asks once more for proposals that were left half done."""
    resuming.resume(spent_after(_WORKED_S))

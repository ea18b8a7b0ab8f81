"""The schedule of every minute: due payment lines leave for the bank."""

from chalice.app import Blueprint, CloudWatchEvent, Rate

from chalicelib import settings
from chalicelib.observability import observed
from chalicelib.usecases import send

from .schedules import spent_after

bp = Blueprint(__name__)

_WORKED_S = 45


@bp.schedule(Rate(1, unit=Rate.MINUTES), name="relay")
@observed
def relay(event: CloudWatchEvent) -> None:
    """Hands the due lines to the bank."""
    send.send_due(settings.now(), spent_after(_WORKED_S))

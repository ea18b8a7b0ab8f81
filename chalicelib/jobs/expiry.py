"""The nightly schedule at 00:10 in Shanghai: vouchers past their validity."""

from chalice.app import Blueprint, CloudWatchEvent, Cron

from chalicelib import settings
from chalicelib.observability import observed
from chalicelib.usecases import expire as expiring

from .schedules import spent_after

bp = Blueprint(__name__)

_WORKED_S = 240


@bp.schedule(Cron(10, 16, "*", "*", "?", "*"), name="expire")
@observed
def expire(event: CloudWatchEvent) -> None:
    """Makes void what is past its validity."""
    expiring.expire(settings.now(), spent_after(_WORKED_S))

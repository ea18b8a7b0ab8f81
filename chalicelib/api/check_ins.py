"""Check-ins: a learner's taps before a lesson."""

import msgspec
from chalice.app import Blueprint

from chalicelib.errors import Invalid
from chalicelib.rules import calendar
from chalicelib.rules.attendance import Outcome
from chalicelib.rules.datum import Datum, Degrees
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.position import Position
from chalicelib.rules.principal import Right
from chalicelib.usecases import check_in

from . import fields
from .http import Change, changes

bp = Blueprint(__name__)


class PositionTold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the device says it is; numbers without their datum are refused."""

    longitude: fields.Longitude
    latitude: fields.Latitude
    datum: Datum
    accuracy_m: fields.AccuracyM


class CheckIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One tap."""

    position: PositionTold
    device_time: fields.Instant


class CheckedIn(msgspec.Struct, frozen=True):
    """What the record of the lesson amounts to, and what this tap did."""

    outcome: Outcome
    attempt_outcome: Outcome
    attempts: int
    distance_m: int


@changes(
    bp,
    "/vouchers/{voucher_id}/lessons/{lesson_no}/check-ins",
    rights=frozenset({Right.WORKER}),
    body=CheckIn,
    gives=CheckedIn,
    problems=(
        "attempts_used_up",
        "check_in_closed",
        "check_in_not_open",
        "function_off",
        "not_a_worker",
        "not_enrolled",
        "online_lesson",
    ),
)
def check_in_at_lesson(asked: Change[CheckIn]) -> CheckedIn:
    """What this tap amounts to, and the record of the lesson with it."""
    told = asked.body.position
    record, attempt = check_in.check_in(
        asked.principal,
        VoucherId(asked.path["voucher_id"]),
        int(asked.path["lesson_no"]),
        Position(Degrees(told.longitude, told.latitude), told.datum, told.accuracy_m),
        _device_time(asked.body.device_time),
        asked.command,
    )
    return CheckedIn(
        outcome=record.outcome,
        attempt_outcome=attempt.outcome,
        attempts=len(record.attempts),
        distance_m=attempt.distance_m,
    )


def _device_time(written: str) -> str:
    try:
        return calendar.text(calendar.instant(written))
    except (ValueError, OverflowError):
        raise Invalid("bad_value", field="device_time") from None

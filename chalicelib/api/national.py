"""The national platform: an official orders that it be told again."""

from datetime import datetime

import msgspec
from chalice.app import Blueprint

from chalicelib.errors import Invalid
from chalicelib.rules import calendar
from chalicelib.rules.principal import Right
from chalicelib.usecases import ask_resend

from . import fields
from .http import Change, changes
from .runs import RunShown, run_shown

bp = Blueprint(__name__)


class Resend(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The span whose events are told again: from `since`, until before `until`."""

    since: fields.Instant
    until: fields.Instant


@changes(
    bp,
    "/national/resends",
    rights=frozenset({Right.NATIONAL_RESEND}),
    body=Resend,
    gives=RunShown,
    problems=("empty_span",),
    status=202,
)
def resend(asked: Change[Resend]) -> RunShown:
    """The run that makes the events of the span due again."""
    since, until = (_instant(asked.body, name) for name in ("since", "until"))
    run = ask_resend.ask_resend(asked.principal, since, until, asked.command)
    return run_shown(run, asked.texts)


def _instant(body: Resend, name: str) -> datetime:
    try:
        return calendar.instant(getattr(body, name))
    except (ValueError, OverflowError):
        raise Invalid("bad_value", field=name) from None

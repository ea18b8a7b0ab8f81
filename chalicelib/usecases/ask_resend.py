"""Ask for a resend: the national platform is told again what happened in a span of time."""

from datetime import datetime

from chalicelib.errors import Invalid
from chalicelib.rules import calendar
from chalicelib.rules.history import Command
from chalicelib.rules.principal import Principal
from chalicelib.rules.run import Run, RunKind

from .show_run import right_for
from .start_run import start_run


def ask_resend(principal: Principal, since: datetime, until: datetime, command: Command) -> Run:
    """The run that makes every event from `since` until before `until` due again.

    Raises Forbidden `right_missing`, Invalid `empty_span` where no time lies in between, KeyReused.
    """
    principal.require(right_for(RunKind.RESEND))
    if since >= until:
        raise Invalid("empty_span", field="until")
    source = {"since": calendar.text(since), "until": calendar.text(until)}
    return start_run("national-resends", RunKind.RESEND, source, command)

"""`voucherctl national resend`: tell the national platform again what happened in a span.

Here: the order and its following. Not here: which events the span holds.
"""

from datetime import date
from typing import Annotated

import typer

from chalicelib.rules import calendar
from ops.exits import told
from ops.failures import StepFailedError
from ops.operator import Json, operator
from ops.runs import follow, start_resend
from ops.showing import run_progress, show_json, show_run

app = typer.Typer(help="The national platform.", no_args_is_help=True)
_FORM = "a date as 2026-03-02, or an instant as 2026-03-02T09:00:00+08:00"


@app.callback()
def national() -> None:
    """The national platform."""


@app.command()
def resend(
    context: typer.Context,
    since: Annotated[str, typer.Option("--from", help=f"where the span begins: {_FORM}")],
    until: Annotated[str, typer.Option("--to", help="where it ends; the end is not in it")],
    as_json: Json = False,
) -> None:
    """Make every event from --from until before --to due again; the schedule sends them.

    The platform knows an event by its id, so telling it again does no harm. What it refused is
    told again too, and the case about it is closed.
    """
    who = operator(context)
    with told(as_json):
        span = (_instant(since, "--from"), _instant(until, "--to"))
        api = who.api()
        run = start_resend(api, who.token, *span)
        with run_progress("going through the vouchers", quiet=as_json) as watch:
            run = follow(api, who.token, run, watch)
    if as_json:
        show_json(run.told)
    else:
        show_run(run)


def _instant(written: str, option: str) -> str:
    """The instant a date or an instant stands for; a date is its first in Shanghai."""
    try:
        return calendar.text(calendar.midnight(date.fromisoformat(written)))
    except ValueError:
        pass
    try:
        return calendar.text(calendar.instant(written))
    except (ValueError, OverflowError):
        step = f"voucherctl national resend {option}"
        raise StepFailedError(step, f"{written!r} is no time", f"write {_FORM}") from None

"""`voucherctl batch issue`: issue proactively to a whole group.

Here: the order and its following. Not here: who belongs to the group.
"""

from typing import Annotated

import typer

from ops.exits import told
from ops.operator import Json, operator
from ops.runs import follow, start_batch
from ops.showing import run_progress, show_json, show_run

app = typer.Typer(help="Issue vouchers to many at once.", no_args_is_help=True)


@app.callback()
def batch() -> None:
    """Issue vouchers to many at once."""


@app.command()
def issue(
    context: typer.Context,
    programme: Annotated[str, typer.Argument(help="the programme's code")],
    group: Annotated[str, typer.Argument(help="the group's code")],
    as_json: Json = False,
) -> None:
    """Issue PROGRAMME's voucher to everybody of GROUP who is eligible today."""
    who = operator(context)
    with told(as_json):
        api = who.api()
        run = start_batch(api, who.token, programme, group)
        with run_progress(f"issuing {programme} to {group}", quiet=as_json) as watch:
            run = follow(api, who.token, run, watch)
    if as_json:
        show_json(run.told)
    else:
        show_run(run)

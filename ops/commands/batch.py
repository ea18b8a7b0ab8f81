"""`voucherctl batch issue`: issue proactively to a whole group, or to the people on a list.

Here: the order and its following. Not here: who belongs to the group or stands on the list.
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
    group: Annotated[str | None, typer.Argument(help="the group's code")] = None,
    listed: Annotated[
        str | None, typer.Option("--list", help="a list's name instead of a group")
    ] = None,
    as_json: Json = False,
) -> None:
    """Issue PROGRAMME's voucher to everybody of GROUP, or on the list, who is eligible today."""
    if (group is None) == (listed is None):
        raise typer.BadParameter("name a group, or a list with --list, and not both")
    whom = {"group": group} if group else {"listed": listed or ""}
    who = operator(context)
    with told(as_json):
        api = who.api()
        run = start_batch(api, who.token, programme, **whom)
        title = f"issuing {programme} to {group or listed}"
        with run_progress(title, quiet=as_json) as watch:
            run = follow(api, who.token, run, watch)
    if as_json:
        show_json(run.told)
    else:
        show_run(run)

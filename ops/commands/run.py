"""`voucherctl run show`: how far a run has come.

Here: one read and its printing. Not here: starting runs.
"""

from typing import Annotated

import typer

from ops import runs
from ops.exits import told
from ops.operator import Json, operator
from ops.showing import show_json, show_run

app = typer.Typer(help="Look at imports and batches.", no_args_is_help=True)


@app.callback()
def run() -> None:
    """Look at imports and batches."""


@app.command()
def show(
    context: typer.Context,
    run_id: Annotated[str, typer.Argument(help="as told when the run was ordered")],
    as_json: Json = False,
) -> None:
    """Show a run's state, its sums and its refused rows."""
    who = operator(context)
    with told(as_json):
        found = runs.show_run(who.api(), who.token, run_id)
    if as_json:
        show_json(found.told)
    else:
        show_run(found)

"""`voucherctl import KIND FILE`: bring an office's file into the city.

Here: upload, preview, order, follow, show. Not here: reading the file; the city does that.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ops.api import Api
from ops.exits import ROWS_REFUSED, told
from ops.operator import Json, operator
from ops.runs import Run, follow, start_import
from ops.showing import run_progress, show_json, show_preview, show_run
from ops.transfer import upload


class Kind(StrEnum):
    """The kinds of file an office can bring."""

    ORGANISATIONS = "organisations"
    SITES = "sites"
    STAFF = "staff"
    BUDGETS = "budgets"
    TARGETS = "targets"
    ROSTER = "roster"
    RESULTS = "results"
    FACTS = "facts"


def import_file(
    context: typer.Context,
    kind: Annotated[Kind, typer.Argument(help="what the file holds")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    preview: Annotated[bool, typer.Option("--preview", help="only say what it would do")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="import without a preview")] = False,
    as_json: Json = False,
) -> None:
    """Upload FILE (.csv or .xlsx), show what importing it would do, and import it if told so.

    Ends with 3 when rows were refused; all others are in then.
    """
    if preview and yes:
        raise typer.BadParameter("--preview and --yes exclude each other")
    if as_json and not (preview or yes):
        raise typer.BadParameter("--json asks nothing back: give --preview or --yes as well")
    who = operator(context)
    with told(as_json):
        api = who.api()
        key = upload(api, who.token, kind, file)
        run = None if yes else _run(api, who.token, kind, key, preview=True, quiet=as_json)
        if run and not as_json:
            show_preview(run, file.name)
        if run is None or (not preview and _wanted(run)):
            run = _run(api, who.token, kind, key, preview=False, quiet=as_json)
            if not as_json:
                show_run(run)
    if as_json:
        show_json(run.told)
    if run.refused:
        raise typer.Exit(ROWS_REFUSED)


def _wanted(judged: Run) -> bool:
    """Whether to go on: not where nothing would be done, nor where the operator says no."""
    if judged.applied == 0:
        return False
    return typer.confirm(f"Import the {judged.applied} new rows?")


def _run(api: Api, token: str | None, kind: Kind, key: str, *, preview: bool, quiet: bool) -> Run:
    title = f"{'judging' if preview else 'importing'} {kind}"
    with run_progress(title, quiet=quiet) as watch:
        return follow(api, token, start_import(api, token, kind, key, preview=preview), watch)

"""`voucherctl import KIND FILE`: bring an office's file into the city.

Here: upload, order, follow, show. Not here: reading the file; the city does that.
"""

import hashlib
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ops.commands.showing import run_progress, show_json, show_run
from ops.exits import ROWS_REFUSED, told
from ops.operator import Json, operator
from ops.runs import follow, object_key, start_import


class Kind(StrEnum):
    """The kinds of file an office can bring."""

    ORGANISATIONS = "organisations"
    SITES = "sites"
    STAFF = "staff"
    BUDGETS = "budgets"
    TARGETS = "targets"
    ROSTER = "roster"
    RESULTS = "results"


def import_file(
    context: typer.Context,
    kind: Annotated[Kind, typer.Argument(help="what the file holds")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    as_json: Json = False,
) -> None:
    """Upload FILE, have it imported, wait for the end and show its refused rows.

    Ends with 3 when rows were refused; all others are in then.
    """
    who = operator(context)
    with told(as_json):
        content = file.read_bytes()
        key = object_key(kind, file, hashlib.sha256(content).hexdigest())
        bucket = who.outputs()["FilesBucket"]
        who.client("s3").put_object(Bucket=bucket, Key=key, Body=content)
        api = who.api()
        with run_progress(f"{kind} {file.name}", quiet=as_json) as watch:
            run = follow(api, who.token, start_import(api, who.token, kind, key), watch)
    if as_json:
        show_json(run.told)
    else:
        show_run(run)
    if run.refused:
        raise typer.Exit(ROWS_REFUSED)

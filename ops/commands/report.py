"""`voucherctl report RUN_ID`: every row that a run did not take, as a file for an office.

Here: arguments. Not here: what stands in a report; the city writes it.
"""

from pathlib import Path
from typing import Annotated

import typer

from ops.commands.writing import in_a_folder
from ops.exits import told
from ops.language import Language
from ops.operator import Json, operator
from ops.showing import show_json
from ops.transfer import fetch_report


def report(
    context: typer.Context,
    run_id: Annotated[str, typer.Argument(help="as told when the run was ordered")],
    output: Annotated[
        Path,
        typer.Option(
            dir_okay=False,
            writable=True,
            callback=in_a_folder,
            help="the file to write: .xlsx or .csv",
        ),
    ],
    language: Annotated[Language, typer.Option(help="of headings and reasons")] = Language.CHINESE,
    as_json: Json = False,
) -> None:
    """Write the report of an ended run: line, column, code and reason of each refused row."""
    who = operator(context)
    with told(as_json):
        fetch_report(who.api(), who.token, run_id, output, language)
    if as_json:
        show_json({"run_id": run_id, "output": str(output), "bytes": output.stat().st_size})
    else:
        typer.echo(f"{output}: {output.stat().st_size} bytes")

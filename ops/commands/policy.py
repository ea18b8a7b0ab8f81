"""`voucherctl policy`: check the programmes' parameters and publish them.

Here: arguments and printing. Not here: what a policy means; chalicelib.policy.
"""

from pathlib import Path
from typing import Annotated

import typer

from ops import policies
from ops.exits import told
from ops.operator import Json, operator
from ops.showing import show_json, show_table

app = typer.Typer(help="The programmes' dated parameters.", no_args_is_help=True)

Folder = Annotated[
    Path,
    typer.Argument(exists=True, file_okay=False, help="a programme's folder, or one of several"),
]


@app.callback()
def policy() -> None:
    """The programmes' dated parameters."""


@app.command()
def read(folder: Folder, as_json: Json = False) -> None:
    """Check the programmes of FOLDER and show what would be published."""
    with told(as_json):
        documents = list(policies.programmes(folder))
    if as_json:
        show_json(documents)
        return
    for document in documents:
        rows = [
            (name, value["from"], parameter["unit"], value["source"])
            for name, parameter in document["parameters"].items()
            for value in parameter["values"]
        ]
        title = f"{document['programme']} {document['name']} ({document['shape']})"
        show_table(title, ("parameter", "from", "unit", "source"), rows)


@app.command()
def publish(context: typer.Context, folder: Folder, as_json: Json = False) -> None:
    """Publish every programme of FOLDER; the same content again changes nothing."""
    who = operator(context)
    with told(as_json):
        api = who.api()
        published = [
            {"programme": document["programme"], "hash": policies.publish(api, who.token, document)}
            for document in policies.programmes(folder)
        ]
    if as_json:
        show_json(published)
    else:
        rows = [(row["programme"], row["hash"]) for row in published]
        show_table("published", ("programme", "hash"), rows)

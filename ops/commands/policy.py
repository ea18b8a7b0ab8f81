"""`voucherctl policy`: check the programmes' parameters, propose, approve and list them.

Here: arguments and printing. Not here: what a policy means; chalicelib.policy.
"""

from pathlib import Path
from typing import Annotated, Any

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
What = Annotated[
    str, typer.Argument(help="a version's hash, or the folder whose programmes were proposed")
]
_COLUMNS = ("programme", "effective_from", "state", "proposer", "approver", "hash")


@app.callback()
def policy() -> None:
    """The programmes' dated parameters."""


@app.command()
def read(folder: Folder, as_json: Json = False) -> None:
    """Check the programmes of FOLDER and show what would be proposed."""
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


@app.command("test")
def run_cases(folder: Folder, as_json: Json = False) -> None:
    """Run the cases of the place FOLDER against its programmes; changes nothing."""
    with told(as_json):
        verdicts = policies.verdicts(folder)
    failed = [verdict for verdict in verdicts if not verdict.holds]
    if as_json:
        show_json([{"case": each.case.where, "differences": each.differences} for each in failed])
    else:
        for each in failed:
            typer.echo(each.case.where)
            for difference in each.differences:
                typer.echo(f"    {difference}")
        typer.echo(f"{len(verdicts) - len(failed)} of {len(verdicts)} cases hold")
    if failed:
        raise typer.Exit(1)


@app.command()
def propose(
    context: typer.Context,
    folder: Folder,
    effective_from: Annotated[
        str | None,
        typer.Option("--from", help="first day on which they govern, like 2027-01-01; or today"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Propose every programme of FOLDER; another official approves it.

    What is proposed or in force already is shown as it stands.
    """
    who = operator(context)
    with told(as_json):
        api = who.api()
        proposed = [
            policies.propose(api, who.token, document, effective_from)
            for document in policies.programmes(folder)
        ]
    _show("proposed", proposed, as_json)


@app.command()
def approve(context: typer.Context, what: What, as_json: Json = False) -> None:
    """Approve what another official proposed: by its hash, or whatever stands in a folder.

    A folder is the safer name: only what you have before you is approved.
    """
    _each(context, what, policies.approve, "approved", as_json)


@app.command()
def withdraw(context: typer.Context, what: What, as_json: Json = False) -> None:
    """Take back what you proposed, before it is approved: by its hash, or by its folder."""
    _each(context, what, policies.withdraw, "withdrawn", as_json)


@app.command("list")
def list_policies(context: typer.Context, as_json: Json = False) -> None:
    """List every proposal with what became of it, and what is in force today."""
    who = operator(context)
    with told(as_json):
        listed = policies.listed(who.api(), who.token)
    if as_json:
        show_json(listed)
        return
    governing = {row["hash"] for row in listed["in_force"]}
    rows = [
        (*_cells(row), "today" if row["hash"] in governing and row["approver"] else "")
        for row in listed["policies"]
    ]
    show_table("policies", (*_COLUMNS, "in force"), rows)


def _each(
    context: typer.Context, what: str, move: policies.Move, title: str, as_json: bool
) -> None:
    who = operator(context)
    with told(as_json):
        api, folder = who.api(), Path(what)
        waiting = [{"hash": what}]
        if folder.is_dir():
            waiting = policies.open_proposals(api, who.token, folder)
        moved = [move(api, who.token, row["hash"]) for row in waiting]
    _show(title, moved, as_json)


def _show(title: str, versions: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        show_json(versions)
    else:
        show_table(title, _COLUMNS, [_cells(version) for version in versions])


def _cells(version: dict[str, Any]) -> list[str]:
    return [version[name] or "" for name in _COLUMNS]

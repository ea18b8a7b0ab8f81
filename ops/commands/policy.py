"""`voucherctl policy`: check the programmes' parameters, propose, approve and list them.

Here: arguments and printing. Not here: what a policy means; chalicelib.policy.
"""

import re
from collections.abc import Set
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ops import policies
from ops.commands import explain, replay, what_if
from ops.exits import told
from ops.language import InLanguage, Language
from ops.operator import Json, operator
from ops.showing import show_json
from ops.whatif.contents import contents
from ops.whatif.texts import texts

app = typer.Typer(help="The programmes' dated parameters.", no_args_is_help=True)

Folder = Annotated[
    Path,
    typer.Argument(exists=True, file_okay=False, help="a programme's folder, or one of several"),
]
What = Annotated[
    str, typer.Argument(help="a version's hash, or the folder whose programmes were proposed")
]
_HASH = re.compile(r"[0-9a-f]{32}")

app.command("diff")(what_if.diff)
app.command("explain")(explain.explain)
app.command("replay")(replay.replay)
app.command("dump")(replay.dump)


@app.callback()
def policy() -> None:
    """The programmes' dated parameters."""


@app.command()
def read(folder: Folder, language: InLanguage = Language.CHINESE, as_json: Json = False) -> None:
    """Check the programmes of FOLDER and show what would be proposed, value by value."""
    with told(as_json):
        documents = list(policies.programmes(folder))
    if as_json:
        show_json(documents)
        return
    console = Console(soft_wrap=True, highlight=False, markup=False)
    for document in documents:
        names = " / ".join(document["name"].values())
        console.print(f"{document['programme']}: {names} ({document['shape']})", style="bold")
        for parameter in contents(document, texts(language)):
            console.print(f"  {parameter.heading}")
            for ruled in parameter.ruled:
                console.print(f"    {ruled.sentence}")
                for detail in ruled.details:
                    console.print(f"      - {detail}")
                console.print(f"      {ruled.beside}", style="dim")


@app.command("test")
def run_cases(
    folder: Folder,
    figures: Annotated[
        bool,
        typer.Option("--figures", help="also name every number and date that no case looks at"),
    ] = False,
    as_json: Json = False,
) -> None:
    """Run the cases of the place FOLDER against its programmes; changes nothing."""
    with told(as_json):
        verdicts = policies.verdicts(folder)
        loose = policies.loose_figures(folder) if figures else []
    failed = [verdict for verdict in verdicts if not verdict.holds]
    if as_json:
        rows = [{"case": each.case.where, "differences": each.differences} for each in failed]
        show_json([*rows, *({"figure": each} for each in loose)])
    else:
        for each in failed:
            typer.echo("\n    ".join((each.case.where, *each.differences)))
        for figure in loose:
            typer.echo(figure)
        typer.echo(f"{len(verdicts) - len(failed)} of {len(verdicts)} cases hold")
        if figures:
            typer.echo(f"{len(loose)} moves of a number or date by one go unnoticed")
    if failed or loose:
        raise typer.Exit(1)


@app.command()
def propose(
    context: typer.Context,
    folder: Folder,
    effective_from: Annotated[
        datetime | None,
        typer.Option(
            "--from",
            formats=["%Y-%m-%d"],
            help="first day on which they govern, like 2027-01-01; without one, today",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Propose every programme of FOLDER; another official approves it.

    What is proposed or in force already is shown as it stands.
    """
    who = operator(context)
    since = effective_from.date().isoformat() if effective_from else None
    with told(as_json):
        api = who.api()
        proposed = [
            policies.propose(api, who.token, document, since)
            for document in policies.programmes(folder)
        ]
    _show(proposed, as_json)


@app.command()
def approve(context: typer.Context, what: What, as_json: Json = False) -> None:
    """Approve what another official proposed: by its hash, or whatever stands in a folder.

    A folder is the safer name: only what you have before you is approved.
    """
    _each(context, what, policies.approve, as_json)


@app.command()
def withdraw(context: typer.Context, what: What, as_json: Json = False) -> None:
    """Take back what you proposed, before it is approved: by its hash, or by its folder."""
    _each(context, what, policies.withdraw, as_json)


@app.command("list")
def list_policies(context: typer.Context, as_json: Json = False) -> None:
    """List every proposal with what became of it, and what is in force today."""
    who = operator(context)
    with told(as_json):
        listed = policies.listed(who.api(), who.token)
    if as_json:
        show_json(listed)
    else:
        _tell(listed["policies"], {row["hash"] for row in listed["in_force"]})


def _each(context: typer.Context, what: str, move: policies.Move, as_json: bool) -> None:
    who, folder = operator(context), Path(what)
    if not folder.is_dir() and not _HASH.fullmatch(what):
        raise typer.BadParameter(f"{what} is neither a folder nor a version's hash")
    with told(as_json):
        api, hashes = who.api(), [what]
        if folder.is_dir():
            waiting = policies.open_proposals(api, who.token, folder)
            hashes = [row["hash"] for row in waiting]
        moved = [move(api, who.token, hash_) for hash_ in hashes]
    _show(moved, as_json)


def _show(versions: list[policies.Version], as_json: bool) -> None:
    if as_json:
        show_json(versions)
    else:
        _tell(versions)


def _tell(versions: list[policies.Version], governing: Set[str] = frozenset()) -> None:
    """Three lines for each version, so that a hash can be copied from the narrowest window."""
    for version in versions:
        by = f"proposed by {version['proposer']}"
        if version["approver"] is not None:
            by += f" · approved by {version['approver']}"
            by += " · in force today" if version["hash"] in governing else ""
        typer.echo(f"{version['programme']} from {version['effective_from']}: {version['state']}")
        typer.echo(f"    {version['hash']}\n    {by}")

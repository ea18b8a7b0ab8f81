"""`voucherctl dlq`: the messages that could not be worked off.

Here: arguments and printing. Not here: what handing back means; ops.dead_letters says that.
"""

import json
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from ops import dead_letters
from ops.exits import REFUSED, told
from ops.failures import StepFailedError
from ops.operator import Json, Operator, operator
from ops.showing import age, counting, show_json, show_table
from ops.stack import StackOutputs

app = typer.Typer(help="Messages that could not be worked off.", no_args_is_help=True)

Queue = Annotated[str, typer.Argument(help="the queue, as `dlq list` names it")]


@app.callback()
def dlq() -> None:
    """Messages that could not be worked off."""


@app.command("list")
def list_queues(context: typer.Context, as_json: Json = False) -> None:
    """Show every queue where failed messages collect: how many, and how old the oldest is.

    The age is the oldest of the first ten's.
    """
    who = operator(context)
    with told(as_json):
        sqs, now = who.client("sqs"), datetime.now(UTC)
        found = {
            name: (
                dead_letters.depth(sqs, url),
                dead_letters.oldest_s(dead_letters.look(sqs, url, 10), now),
            )
            for name, url in dead_letters.collecting(who.outputs()).items()
        }
    if as_json:
        names = ("queue", "messages", "oldest_s", "goes_back_to")
        rows = [(name, *facts, dead_letters.home(name)) for name, facts in found.items()]
        show_json([dict(zip(names, row, strict=True)) for row in rows])
        return
    shown = [
        (n, depth, age(oldest), dead_letters.home(n) or "—") for n, (depth, oldest) in found.items()
    ]
    show_table("failed messages", ("queue", "messages", "oldest", "goes back to"), shown)


@app.command()
def show(
    context: typer.Context,
    queue: Queue,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="how many at most")] = 10,
    as_json: Json = False,
) -> None:
    """Show the messages of QUEUE; they stay where they are. Sealed fields are shortened."""
    who = operator(context)
    with told(as_json):
        _, url = _known(who, queue)
        letters = dead_letters.look(who.client("sqs"), url, limit)
    messages = [
        {"id": letter.id, "sent_at": letter.sent_at.isoformat(), "said": dead_letters.said(letter)}
        for letter in letters
    ]
    if as_json:
        show_json(messages)
        return
    console = Console(soft_wrap=True, highlight=False)
    for message in messages:
        console.print(f"{message['id']} sent {message['sent_at']}", style="bold", markup=False)
        console.print(json.dumps(message["said"], ensure_ascii=False, indent=2), markup=False)
    console.print(f"{len(messages)} shown", markup=False)


@app.command()
def redrive(
    context: typer.Context,
    queue: Queue,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say what would be done")] = False,
    as_json: Json = False,
) -> None:
    """Hand the messages of QUEUE back to where they failed; what was done before is found done.

    Ends with 1 when messages had to be kept.
    """
    who = operator(context)
    with told(as_json):
        outputs, url = _known(who, queue)
        if (home := dead_letters.home(queue)) is None:
            found = f"messages of {queue} carry no event that could be given again"
            raise StepFailedError("redrive", found, "see docs/runbooks/dead-letters.md")
        way = f"{queue} to {home}"
        if dry_run:
            waiting = dead_letters.depth(who.client("sqs"), url)
            _tell(
                {"queue": queue, "would_move": waiting}, f"{waiting} would go from {way}", as_json
            )
            return
        with counting(way, quiet=as_json) as moved:
            done = dead_letters.hand_back(who.client, outputs, queue, moved)
    document = {"queue": queue, "moved": done.moved, "kept": list(done.kept)}
    _tell(document, f"{done.moved} went from {way}", as_json)
    if done.kept:
        advice = f"kept, no event to be given again: {', '.join(done.kept)}"
        typer.echo(f"{advice}; see docs/runbooks/dead-letters.md", err=True)
        raise typer.Exit(REFUSED)


def _tell(document: dict[str, object], sentence: str, as_json: bool) -> None:
    if as_json:
        show_json(document)
    else:
        typer.echo(sentence)


def _known(who: Operator, queue: str) -> tuple[StackOutputs, str]:
    """The stack's outputs and the queue's address; BadParameter where it is not one of them."""
    outputs = who.outputs()
    known = dead_letters.collecting(outputs)
    if queue not in known:
        raise typer.BadParameter(f"no such queue: {queue}. There are: {', '.join(known)}")
    return outputs, known[queue]

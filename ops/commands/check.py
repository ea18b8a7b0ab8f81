"""`voucherctl check`: the verdict over a whole city, for people or as one JSON document.

Exit codes: 0 nothing found, 1 breaches found, 4 the tables cannot be read and there is no verdict.
"""

from dataclasses import asdict

import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console

from ops import exits
from ops.check import Report, report
from ops.check.taking import take
from ops.check.telling import tell
from ops.operator import Json, Operator, operator
from ops.showing import show_json, show_table

_SHOWN = 50

_UNREADABLE = (BotoCoreError, ClientError, KeyError)


def check(context: typer.Context, as_json: Json = False) -> None:
    """Check every invariant of the city's tables while nothing is going on.

    Writes the number of breaches to CloudWatch, where an alarm watches it. Ends with 1 when there
    are any, with 4 when the tables could not be read and there is no verdict.
    """
    who = operator(context)
    found = _checked(who)
    _tell_alarm(who, len(found.breaches))
    if as_json:
        show_json(document(found))
    else:
        show(found)
    if found.breaches:
        raise typer.Exit(exits.REFUSED)


def _checked(who: Operator) -> Report:
    try:
        return report(take(who.outputs(), who.client("dynamodb")))
    except _UNREADABLE as error:
        console = Console(stderr=True, soft_wrap=True)
        console.print(f"no verdict: {error}", style="red", markup=False, highlight=False)
        console.print("is the city up, and are stack and endpoint its own?", highlight=False)
        raise typer.Exit(exits.UNREACHABLE) from error


def _tell_alarm(who: Operator, breaches: int) -> None:
    # The verdict stands also where its number cannot be written.
    try:
        tell(who.client("cloudwatch"), breaches)
    except (BotoCoreError, ClientError) as error:
        console = Console(stderr=True, soft_wrap=True)
        console.print(f"the number was not written: {error}", style="red", markup=False)
        console.print("the alarm does not know; this needs cloudwatch:PutMetricData")


def document(found: Report) -> dict[str, object]:
    """The report as plain values."""
    return {
        "breaches": [asdict(breach) for breach in found.breaches],
        "counts": found.counts,
        "money": [asdict(budget) for budget in found.money],
    }


def show(found: Report) -> None:
    """Print the report for people: funnel, money, and at most the first breaches one by one."""
    show_table("funnel", ("", "count"), list(found.counts.items()))
    columns = ("granted", "available", "reserved", "paid", "recovered")
    rows = [
        (
            f"{budget.fund} {budget.year}",
            *(getattr(budget, f"{column}_fen") for column in columns),
        )
        for budget in sorted(found.money, key=lambda budget: (budget.fund, budget.year))
    ]
    show_table("money (fen)", ("fund", *columns), rows)
    console = Console(soft_wrap=True, highlight=False)
    for breach in found.breaches[:_SHOWN]:
        console.print(str(breach), style="red", markup=False)
    console.print(f"{len(found.breaches)} breaches")

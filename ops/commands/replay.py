"""`voucherctl policy replay` and `policy dump`: the past under a draft, and the past as a file.

Here: arguments and printing. Not here: judging or adding up; ops.whatif. Nothing of a city is
written.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import IO, Annotated, Any

import typer
from rich.console import Console

from chalicelib.policy import Policy, digest
from ops.commands.writing import in_a_folder
from ops.exits import told
from ops.failures import StepFailedError
from ops.language import InLanguage, Language
from ops.operator import Json, Operator, operator
from ops.showing import counting, show_json
from ops.whatif.chart import svg
from ops.whatif.draft import as_of, names_in, next_change
from ops.whatif.history import Settled, Span, of_file, of_table, written
from ops.whatif.replay import AT_ONCE, replay_over
from ops.whatif.report import Report
from ops.whatif.showing import Names, show
from ops.whatif.sides import side
from ops.whatif.texts import Texts, texts

_TABLE = "PaymentsTable"


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise typer.BadParameter(f"{given!r} is no day; write it like 2027-01-01") from None


def _option(name: str, told: str) -> Any:
    return typer.Option(name, help=told, parser=_day, metavar="DAY")


Since = Annotated[date | None, _option("--from", "first day of settlement; default: the first")]
Until = Annotated[date | None, _option("--to", "last day of settlement; default: the last")]
AsOf = Annotated[
    date | None,
    _option("--as-of", "take the values of DAY, whenever a voucher's own days were"),
]
Draft = Annotated[
    str, typer.Option("--policy", help="a place's or a programme's folder, or programme@hash")
]
DumpFile = Annotated[
    Path | None,
    typer.Option("--dump", exists=True, dir_okay=False, help="read what `policy dump` wrote"),
]
Chart = Annotated[
    Path | None,
    typer.Option(dir_okay=False, callback=in_a_folder, help="write a chart to FILE.svg"),
]


def dump(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(dir_okay=False, callback=in_a_folder)],
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
) -> None:
    """Write what was approved to FILE, for `policy replay --dump`: a JSON document a voucher.

    It holds what each amount was computed from: personal facts and certificates' numbers, without
    names. You alone can read it.
    """
    who, done = operator(context), 0
    with told(as_json), counting(file.name, as_json) as reached, _private(file) as lines:
        for done, settled in enumerate(_of_city(who, Span(since, until)), 1):
            lines.write(written(settled))
            if done % AT_ONCE == 0:
                reached(done, 0)
        reached(done, done)
    if as_json:
        show_json({"file": str(file), "vouchers": done})
    else:
        typer.echo(f"{done} vouchers written to {file}")


def replay(
    context: typer.Context,
    policy: Draft,
    since: Since = None,
    until: Until = None,
    as_of_day: AsOf = None,
    dump_file: DumpFile = None,
    chart: Chart = None,
    language: InLanguage = Language.CHINESE,
    as_json: Json = False,
) -> None:
    """Show what vouchers approved in the past would have come to under another policy.

    Each is judged by the facts its amount was computed from: let in on the day of its issue, then
    priced; each value is that of the day it says governs it. Limits across vouchers are not
    judged again. Changes nothing; reads the city's payments, or the file of --dump.
    """
    who, words, span = operator(context), texts(language), Span(since, until)
    with told(as_json), counting(words.replay["read"], as_json) as reached:
        documents = side(policy, who.api, who.token).documents
        past = of_file(dump_file, span) if dump_file else _of_city(who, span)
        policies = _compiled(documents, as_of_day)
        report = replay_over(policies, past, reached)
    names = names_in(documents.values(), language)
    if chart:
        chart.write_text(_picture(report, names, words), encoding="utf-8")
    later = None if as_of_day else next_change(documents.values(), report.last_on)
    capped = any("earlier" in each.asked for each in policies.values())
    if as_json:
        show_json(_document(report) | {"rules_otherwise_from": later, "asks_earlier": capped})
        return
    console = Console(soft_wrap=True, highlight=False, markup=False)
    show(report, names, words, console)
    if capped:
        console.print(words.replay["earlier"])
    if later:
        console.print(words.tell("later", day=later))


def _picture(report: Report, names: Names, words: Texts) -> str:
    rows = report.rows["district"]
    return svg(words.replay["title"], rows, lambda code: names("district", code), words)


def _compiled(documents: Mapping[str, Any], day: date | None) -> dict[str, Policy]:
    return {
        code: Policy.of(digest(document), as_of(document, day) if day else document)
        for code, document in documents.items()
    }


def _of_city(who: Operator, span: Span) -> Iterator[Settled]:
    table_name = who.outputs().get(_TABLE)
    if table_name is None:
        raise StepFailedError(
            f"reading the stack {who.stack_name}",
            f"it has no output {_TABLE}",
            "name the city's own stack: --stack",
        )
    yield from of_table(who.client("dynamodb"), table_name, span)


def _private(file: Path) -> IO[str]:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    return os.fdopen(handle, "w", encoding="utf-8")


def _document(report: Report) -> dict[str, Any]:
    told = asdict(report)
    for row in (told["total"], *(row for rows in told["rows"].values() for row in rows)):
        row["difference_fen"] = row["after_fen"] - row["before_fen"]
    told["last_on"] = report.last_on and report.last_on.isoformat()
    return told

"""`voucherctl stats`: the funnel and the money against their targets; made anew from the vouchers.

Here: arguments, printing, the export. Not here: any figure; the city keeps them, and what they
come to from the vouchers is ops.check.recount's to say.

Exit codes of --rebuild: 0 the figures agree, 1 they differ.
"""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from chalicelib.rules.file_format import FileFormat
from chalicelib.store import spreadsheets
from ops.check import recount as anew
from ops.check.reading import read_city
from ops.check.taking import take
from ops.commands.writing import in_a_folder
from ops.exits import REFUSED, told
from ops.figures import COLUMNS, COUNTS, MONEY, Figures, ask
from ops.operator import Json, Operator, operator
from ops.runs import follow, start_recount
from ops.showing import run_progress, show_json, show_run, show_table

_SHOWN = 50


class By(StrEnum):
    """By what the figures are told apart."""

    PROGRAMME = "programme"
    DISTRICT = "district"
    INSTITUTION = "institution"
    GROUP = "group"
    MONTH = "month"


Rebuild = Annotated[
    bool, typer.Option("--rebuild", help="make them anew from the vouchers and compare")
]
Recount = Annotated[bool, typer.Option("--recount", help="have counted what the stream never told")]
Output = Annotated[
    Path | None,
    typer.Option(
        dir_okay=False,
        writable=True,
        callback=in_a_folder,
        help="write them to FILE.xlsx or FILE.csv",
    ),
]


def stats(
    context: typer.Context,
    by: Annotated[By, typer.Option(help="by what they are told apart")] = By.PROGRAMME,
    period: Annotated[str | None, typer.Option(help="default: this year's")] = None,
    district: Annotated[str | None, typer.Option(help="a district's own, like 310104")] = None,
    institution: Annotated[str | None, typer.Option(help="an institution's own")] = None,
    output: Output = None,
    rebuild: Rebuild = False,
    recount: Recount = False,
    as_json: Json = False,
) -> None:
    """Show the funnel and the money against their targets; --rebuild checks every figure."""
    who = operator(context)
    if rebuild and recount:
        raise typer.BadParameter("first --recount, then --rebuild", param_hint="--recount")
    if rebuild:
        return _rebuild(who, as_json)
    if recount:
        return _recount(who, as_json)
    form = _form(output)
    with told(as_json):
        names = {"period": period, "district": district, "institution": institution}
        figures = ask(who.api(), who.token, by=by, **names)
    if output and form:
        with output.open("wb") as file:
            spreadsheets.write(file, form, "figures", (*COLUMNS, *MONEY), figures.table())
    if as_json:
        show_json(figures.document())
    elif output:
        typer.echo(f"{len(figures.rows)} rows written to {output}")
    else:
        _show(figures)


def _form(output: Path | None) -> FileFormat | None:
    if output is None:
        return None
    try:
        return FileFormat(output.suffix.lower().removeprefix("."))
    except ValueError:
        raise typer.BadParameter(
            "the file's name ends with .xlsx or .csv", param_hint="--output"
        ) from None


def _show(figures: Figures) -> None:
    columns = ("programme", figures.by, "issued", "aimed", "claimed", "verified", "used", "aimed")
    rows = [_funnel(row["programme"], row["value"], row) for row in figures.rows]
    if len(rows) > 1:
        rows.append(_funnel("total", "", figures.total()))
    title = f"{figures.scope} {figures.period}: vouchers by {figures.by}"
    show_table(title, (*columns, "used of issued", "settled", "expired"), rows)
    money = [
        (row["programme"], row["value"], line["fund"], *(line[name] for name in MONEY))
        for row in figures.rows
        for line in row["money"]
    ]
    totals = [("total", "", fund, *sums.values()) for fund, sums in figures.funds()]
    names = ("programme", figures.by, "fund", *(name.removesuffix("_fen") for name in MONEY))
    show_table("money (fen)", names, [*money, *totals])


def _funnel(programme: str, value: str, row: Mapping[str, Any]) -> tuple[str | int, ...]:
    aimed = row.get("target", {})
    issued, claimed, verified, used, settled, expired = (row[name] for name in COUNTS)
    share = f"{used / issued:.1%}" if issued else "–"
    return (
        *(programme, value, issued, aimed.get("issued", "–"), claimed, verified),
        *(used, aimed.get("used", "–"), share, settled, expired),
    )


def _recount(who: Operator, as_json: bool) -> None:
    with told(as_json):
        api = who.api()
        run = start_recount(api, who.token)
        with run_progress("going through the vouchers", quiet=as_json) as watch:
            run = follow(api, who.token, run, watch)
    if as_json:
        show_json(run.told)
    else:
        show_run(run)


def _rebuild(who: Operator, as_json: bool) -> None:
    with told(as_json):
        city = read_city(take(who.outputs(), who.client("dynamodb")))
    found = anew.differences(city)
    waiting = sorted(kept.voucher.id for kept in anew.uncounted(city))
    if as_json:
        differing = [
            {"where": one.where, "figure": one.figure, "kept": one.kept, "told": one.told}
            for one in found
        ]
        agree = {"vouchers": len(city.vouchers), "cells": len(city.figures)}
        show_json({**agree, "differences": differing, "uncounted": waiting})
    else:
        _show_differences(found, len(waiting), len(city.vouchers), len(city.figures))
    if found or waiting:
        raise typer.Exit(REFUSED)


def _show_differences(
    found: list[anew.Difference], waiting: int, vouchers: int, cells: int
) -> None:
    if found:
        rows = [(one.where, one.figure, one.kept, one.told) for one in found[:_SHOWN]]
        show_table("differences", ("cell", "figure", "kept", "by the vouchers"), rows)
    console = Console(soft_wrap=True, highlight=False)
    console.print(f"{len(found)} differences in {cells} cells, {vouchers} vouchers counted anew")
    if waiting:
        console.print(
            f"{waiting} vouchers are not counted to their end: the stream is behind (wait), or "
            "gave up (voucherctl stats --recount; docs/figures.md)"
        )

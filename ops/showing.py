"""How the commands print: one JSON document, or a table for people.

Here: printing and the progress bar of a run. Not here: what is printed.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from ops.runs import Run, Watcher

SHOWN_FAULTS = 20


def show_json(document: Any) -> None:
    """Print `document` as the command's whole output."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))


def show_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows for people; numbers stand on the right."""
    table = Table(title=title, title_justify="left")
    for index, column in enumerate(columns):
        numeric = bool(rows) and isinstance(rows[0][index], int)
        table.add_column(column, justify="right" if numeric else "left")
    for row in rows:
        table.add_row(*[str(cell) for cell in row])
    Console().print(table)


def age(seconds: int | None) -> str:
    """A span for people, in its two greatest units; empty where there is none."""
    if seconds is None:
        return ""
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, rest = divmod(rest, 60)
    if days:
        return f"{days} d {hours} h"
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def show_run(run: Run) -> None:
    """Print a run's sums, and below them every refused row."""
    sums = [(run.run_id, run.state, run.rows, run.applied, run.existed, run.refused)]
    show_table(run.kind, ("run", "state", "rows", "applied", "existed", "refused"), sums)
    if run.refusals:
        rows = [(row.line, row.column, row.code, row.reason) for row in run.refusals]
        show_table("refused rows", ("line", "column", "code", "reason"), rows)


def show_preview(run: Run, name: str) -> None:
    """Print what importing a file would do, and its first faults."""
    file = run.told.get("file") or {}
    read_as = " ".join(filter(None, (file.get("format"), file.get("encoding"), file.get("sheet"))))
    sums = [(name, read_as, run.rows, run.applied, run.existed, run.refused)]
    show_table("preview", ("file", "read as", "rows", "new", "exist", "refused"), sums)
    if unknown := file.get("unknown"):
        typer.echo(f"columns that are not read: {', '.join(unknown)}")
    if first := run.refusals[:SHOWN_FAULTS]:
        rows = [(row.line, row.column, row.code, row.reason) for row in first]
        title = f"the first {len(first)} of {run.refused} refused rows"
        show_table(title, ("line", "column", "code", "reason"), rows)
    if run.applied == 0:
        typer.echo(f"nothing new: {run.existed} exist, {run.refused} would be refused")


@contextmanager
def run_progress(title: str, quiet: bool) -> Iterator[Watcher]:
    """A bar on stderr that follows a run; nothing at all when `quiet`."""
    with counting(title, quiet) as reached:
        yield lambda run: reached(run.handled, run.rows)


@contextmanager
def counting(title: str, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr that is told how many are done, and of how many; nothing when `quiet`."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, TimeElapsedColumn(), console=console, disable=quiet) as progress:
        task = progress.add_task(title, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total or None)

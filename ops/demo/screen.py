"""What the audience sees: scenes, steps with bars, and plain lines where there is no terminal.

Here: how it looks. Not here: what happens.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

PLAIN_WIDTH = 120


@dataclass
class Step:
    """A step while it is shown; threads may tell it how far they are."""

    progress: Progress | None
    task: int
    note: str = ""

    def advance(self, done: int = 1) -> None:
        """Count `done` more."""
        if self.progress is not None:
            self.progress.advance(self.progress.task_ids[self.task], done)

    def reach(self, done: int, total: int | None) -> None:
        """Stand at `done` of `total`."""
        if self.progress is not None:
            task_id = self.progress.task_ids[self.task]
            self.progress.update(task_id, completed=done, total=total)


def plain_or_live(*, stderr: bool = False) -> Console:
    """A console as wide as its terminal; without one, wide enough for the closing tables."""
    console = Console(stderr=stderr, highlight=False)
    if not console.is_terminal:
        console.width = PLAIN_WIDTH
    return console


@dataclass
class Screen:
    """The console of one run, and how many seconds each step took."""

    console: Console = field(default_factory=plain_or_live)
    seconds: dict[str, float] = field(default_factory=dict)

    def scene(self, title: str) -> None:
        """Open a scene of the story."""
        self.console.print(f"\n[bold]{title}[/bold]")

    @contextmanager
    def step(self, title: str, total: int | None = None) -> Iterator[Step]:
        """Show a step while it runs, then one line with its note and its seconds."""
        started = time.monotonic()
        with self._bar(title, total) as step:
            yield step
        took_s = time.monotonic() - started
        self.seconds[title] = round(self.seconds.get(title, 0.0) + took_s, 1)
        count = "" if total is None else f" {total}"
        note = f" · {step.note}" if step.note else ""
        self.console.print(
            f"  [green]✓[/green] {title}{count}{note} [dim]{took_s:.1f} s[/dim]", soft_wrap=True
        )

    @contextmanager
    def _bar(self, title: str, total: int | None) -> Iterator[Step]:
        if not self.console.is_terminal:
            yield Step(None, 0)
            return
        columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn())
        bar = Progress(*columns, TimeElapsedColumn(), console=self.console, transient=True)
        with bar as progress:
            progress.add_task(title, total=total)
            yield Step(progress, 0)

    def tell(self, text: str) -> None:
        """One line of the story, beneath its scene."""
        self.console.print(f"    {text}", markup=False, soft_wrap=True)

    def table(self, title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """A closing table; all columns but the first stand on the right."""
        table = Table(title=title, title_justify="left")
        for index, column in enumerate(columns):
            table.add_column(column, justify="right" if index else "left")
        for row in rows:
            table.add_row(*[str(cell) for cell in row])
        self.console.print(table)

    def failure(self, what: str, advice: str) -> None:
        """What went wrong and how to mend it."""
        self.console.print(f"\n✗ {what}", style="bold red", markup=False, soft_wrap=True)
        self.console.print(f"  {advice}", markup=False, soft_wrap=True)

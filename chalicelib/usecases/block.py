"""A block: the part of a run whose outcome and checkpoint are kept together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from chalicelib.rules.history import Command
from chalicelib.rules.run import BLOCK_ROWS, Refusal, Run, Tally
from chalicelib.rules.tabular import Layout, Row, RowFault, Table


@dataclass(frozen=True)
class Block:
    """What became of a block's rows, where the next one begins, and whether there is one."""

    tally: Tally
    at: str
    last: bool
    layout: Layout | None = None


class Unreadable(Exception):
    """The whole source of a run cannot be read; `code` says why."""

    def __init__(self, code: str, layout: Layout | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.layout = layout


def command_of(run: Run, now: datetime) -> Command:
    """The command a run's work is: it acts as who asked; a row's key adds its line."""
    return Command(run.subject, run.role, run.id, run.body, now)


def in_blocks(table: Table, run: Run, work: Callable[[Sequence[Row]], Tally]) -> Iterator[Block]:
    """The blocks of the rows that a table still has, each worked when it is asked for."""
    last = False
    while not last:
        part = list(islice(table.rows, BLOCK_ROWS))
        last = len(part) < BLOCK_ROWS
        yield Block(work(part), str(part[-1].line) if part else run.at, last, table.layout)


def outcome(row: Row, entry: Callable[[Row], bool]) -> Tally:
    """What became of one row: `entry` says whether it changed anything; RowFault refuses it."""
    try:
        if row.fault:
            raise row.fault
        applied = entry(row)
    except RowFault as fault:
        return Tally(refusals=(Refusal(row.line, fault.column, fault.code),))
    return Tally(applied=1) if applied else Tally(existed=1)

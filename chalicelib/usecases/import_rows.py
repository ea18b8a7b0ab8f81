"""Import (导入): the rows of an official's file, in blocks with the same borders every time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from chalicelib.rules import calendar
from chalicelib.rules.history import Command
from chalicelib.rules.person import Group
from chalicelib.rules.result_row import PROGRAMME
from chalicelib.rules.roster_row import NUMBER
from chalicelib.rules.run import BLOCK_ROWS, Run, RunKind, Tally
from chalicelib.rules.tabular import Row

from . import assess
from .aim import aim
from .appoint import appoint
from .block import Block, command_of, in_blocks, outcome
from .enter_organisation import enter_organisation
from .enter_site import enter_site
from .grant import grant
from .group_names import group_names
from .open_table import open_table
from .read_result import read_result
from .record_fact import record_fact
from .register import register
from .side_by_side import side_by_side

Entry = Callable[[Row, Command], bool]


def _enter_result(row: Row, command: Command) -> bool:
    return assess.apply(read_result(row, command), command)


_ENTRIES: Mapping[RunKind, Entry] = {
    RunKind.ORGANISATIONS: enter_organisation,
    RunKind.SITES: enter_site,
    RunKind.STAFF: appoint,
    RunKind.BUDGETS: grant,
    RunKind.TARGETS: aim,
    RunKind.RESULTS: _enter_result,
}
_OF_PEOPLE = frozenset({RunKind.RESULTS, RunKind.FACTS})


def blocks(run: Run, now: datetime) -> Iterator[Block]:
    """Works the file's blocks from the run's checkpoint on, each when it is asked for.

    Raises Unreadable where the file is gone, changed, too large, damaged or lacks a column.
    """
    with open_table(run) as table:
        for _ in islice(table.rows, run.blocks * BLOCK_ROWS):
            pass
        yield from in_blocks(table, run, _worker(run, now))


def _worker(run: Run, now: datetime) -> Callable[[Sequence[Row]], Tally]:
    """How rows of the run's kind are worked."""
    groups = group_names(run.kind, calendar.civil_date(now))
    if run.kind is RunKind.ROSTER:
        return lambda rows: register(rows, run.id, groups)
    entry, command = _entry(run.kind, groups), command_of(run, now)

    def enter(row: Row) -> Tally:
        of_row = replace(command, key=f"{run.id}:{row.line}")
        return outcome(row, lambda row: entry(row, of_row))

    def by_person(rows: Sequence[Row]) -> Tally:
        # Different people wait for each other for nothing; one person's rows keep their order.
        alone, behind = _apart(rows)
        return sum((*side_by_side(enter, alone), *map(enter, behind)), Tally())

    if run.kind in _OF_PEOPLE:
        return by_person
    return lambda rows: sum(map(enter, rows), Tally())


def _entry(kind: RunKind, groups: Mapping[str, Group]) -> Entry:
    if kind is not RunKind.FACTS:
        return _ENTRIES[kind]
    return lambda row, command: record_fact(row, command, groups)


def _apart(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The first row of each person, and programme where there is one, and the rows behind."""
    first: dict[tuple[str, str], Row] = {}
    behind = []
    for row in rows:
        key = row.values.get(NUMBER, str(row.line)), row.values.get(PROGRAMME, "")
        if first.setdefault(key, row) is not row:
            behind.append(row)
    return list(first.values()), behind

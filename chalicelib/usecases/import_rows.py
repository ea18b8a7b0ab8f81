"""Import (导入): the rows of an official's file, in blocks with the same borders every time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from chalicelib.errors import Conflict, Invalid, NotFound
from chalicelib.rules import office_rows, result_row, roster_row, tabular
from chalicelib.rules.history import Command
from chalicelib.rules.result_row import PROGRAMME
from chalicelib.rules.roster_row import NUMBER
from chalicelib.rules.run import BLOCK_ROWS, Refusal, Run, RunKind, Tally
from chalicelib.rules.tabular import Row, RowFault
from chalicelib.store import files

from . import assess
from .appoint import appoint
from .block import Block, Unreadable, command_of
from .enter_organisation import enter_organisation
from .enter_site import enter_site
from .grant import grant
from .register import register
from .side_by_side import side_by_side

Entry = Callable[[Row, Command], bool]

_HEADINGS: Mapping[RunKind, Sequence[str]] = {
    RunKind.ORGANISATIONS: office_rows.ORGANISATION_HEADINGS,
    RunKind.SITES: office_rows.SITE_HEADINGS,
    RunKind.STAFF: office_rows.STAFF_HEADINGS,
    RunKind.BUDGETS: office_rows.BUDGET_HEADINGS,
    RunKind.ROSTER: roster_row.HEADINGS,
    RunKind.RESULTS: result_row.HEADINGS,
}


def _enter_result(row: Row, command: Command) -> bool:
    return assess.apply(result_row.result(row), command)


_ENTRIES: Mapping[RunKind, Entry] = {
    RunKind.ORGANISATIONS: enter_organisation,
    RunKind.SITES: enter_site,
    RunKind.STAFF: appoint,
    RunKind.BUDGETS: grant,
    RunKind.RESULTS: _enter_result,
}


def blocks(run: Run, now: datetime) -> Iterator[Block]:
    """Works the file's blocks from the run's checkpoint on, each when it is asked for.

    Raises Unreadable where the file is gone, changed, or lacks a column.
    """
    rows = islice(_rows(run), run.blocks * BLOCK_ROWS, None)
    last = False
    while not last:
        part = list(islice(rows, BLOCK_ROWS))
        last = len(part) < BLOCK_ROWS
        yield Block(_work(part, run, now), str(part[-1].line) if part else run.at, last)


def _rows(run: Run) -> Iterator[Row]:
    try:
        stream = files.open_file(run.source["object_key"], run.source["stamp"])
        yield from tabular.rows(stream, _HEADINGS[run.kind])
    except NotFound:
        raise Unreadable("file_not_found") from None
    except (Invalid, Conflict) as fault:
        raise Unreadable(fault.code) from None


def _work(rows: Sequence[Row], run: Run, now: datetime) -> Tally:
    if run.kind is RunKind.ROSTER:
        return register(rows, run.id)
    entry, command = _ENTRIES[run.kind], command_of(run, now)

    def enter(row: Row) -> Tally:
        return _outcome(row, replace(command, key=f"{run.id}:{row.line}"), entry)

    if run.kind is not RunKind.RESULTS:
        return sum(map(enter, rows), Tally())
    # Results of different people wait for each other for nothing; one person's keep their order.
    alone, behind = _apart(rows)
    return sum((*side_by_side(enter, alone), *map(enter, behind)), Tally())


def _outcome(row: Row, command: Command, entry: Entry) -> Tally:
    try:
        if row.fault:
            raise row.fault
        applied = entry(row, command)
    except RowFault as fault:
        return Tally(refusals=(Refusal(row.line, fault.column, fault.code),))
    return Tally(applied=1) if applied else Tally(existed=1)


def _apart(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The first row of each person and programme, and the rows behind one."""
    first: dict[tuple[str, str], Row] = {}
    behind = []
    for row in rows:
        key = row.values.get(NUMBER, str(row.line)), row.values.get(PROGRAMME, "")
        if first.setdefault(key, row) is not row:
            behind.append(row)
    return list(first.values()), behind

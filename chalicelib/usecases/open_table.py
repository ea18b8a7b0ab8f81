"""Open a run's file: the table in it, or why the whole file cannot be taken."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import BinaryIO

from chalicelib.errors import Conflict, NotFound
from chalicelib.rules import fact_row, office_file, office_rows, result_row, roster_row
from chalicelib.rules.run import Run, RunKind
from chalicelib.rules.tabular import Columns, Table, Unfit
from chalicelib.store import files

from .block import Unreadable

COLUMNS: Mapping[RunKind, Columns] = {
    RunKind.ORGANISATIONS: office_rows.ORGANISATIONS,
    RunKind.SITES: office_rows.SITES,
    RunKind.STAFF: office_rows.STAFF,
    RunKind.BUDGETS: office_rows.BUDGETS,
    RunKind.TARGETS: office_rows.TARGETS,
    RunKind.ROSTER: roster_row.COLUMNS,
    RunKind.RESULTS: result_row.COLUMNS,
    RunKind.FACTS: fact_row.COLUMNS,
}
"""What each kind of file must have."""


@contextmanager
def open_table(run: Run) -> Iterator[Table]:
    """The table of the run's file, from its beginning; Unreadable, also in its midst."""
    with ExitStack() as held:
        file = _fetched(run, held)
        try:
            yield held.enter_context(office_file.opened(file, COLUMNS[run.kind]))
        except Unfit as fault:
            raise Unreadable(fault.code, fault.layout) from None


def _fetched(run: Run, held: ExitStack) -> BinaryIO:
    try:
        return held.enter_context(files.fetched(run.source["object_key"], run.source["stamp"]))
    except NotFound:
        raise Unreadable("file_not_found") from None
    except Conflict as fault:
        raise Unreadable(fault.code) from None

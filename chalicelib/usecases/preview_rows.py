"""Preview (预检): what an import of this file would do, row by row; nothing is written for it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import blake2b
from itertools import islice

from chalicelib.rules import calendar
from chalicelib.rules.history import Command
from chalicelib.rules.person import Group
from chalicelib.rules.personal import DocumentNumber
from chalicelib.rules.roster_row import NUMBER
from chalicelib.rules.run import BLOCK_ROWS, Refusal, Run, RunKind, Tally
from chalicelib.rules.tabular import Row, RowFault
from chalicelib.store import people, secrets

from . import assess
from .aim import would_aim
from .appoint import would_appoint
from .block import Block, command_of, in_blocks, outcome
from .enter_organisation import would_enter_organisation
from .enter_site import would_enter_site
from .grant import would_grant
from .group_names import group_names
from .open_table import open_table
from .read_result import read_result
from .record_fact import would_record_fact
from .register import DUPLICATE, read
from .side_by_side import side_by_side

Judge = Callable[[Row, Command], bool]


def _would_enter_result(row: Row, command: Command) -> bool:
    return assess.would_apply(read_result(row, command), command)


_JUDGES: Mapping[RunKind, Judge] = {
    RunKind.ORGANISATIONS: would_enter_organisation,
    RunKind.SITES: would_enter_site,
    RunKind.STAFF: would_appoint,
    RunKind.BUDGETS: would_grant,
    RunKind.TARGETS: would_aim,
    RunKind.RESULTS: _would_enter_result,
}


def blocks(run: Run, now: datetime) -> Iterator[Block]:
    """Judges the file's blocks from the run's checkpoint on, each when it is asked for.

    `applied` are the rows that an import would take as the city stands now; a row that rests on
    another one of its file is judged as if it came alone. Raises Unreadable.
    """
    with open_table(run) as table:
        seen, groups = _Seen(), group_names(run.kind, calendar.civil_date(now))
        for row in islice(table.rows, run.blocks * BLOCK_ROWS):
            # What an earlier worker judged: only who stands in it is needed again.
            if run.kind is RunKind.ROSTER:
                _note(row, seen, groups)
        yield from in_blocks(table, run, _judging(run, now, seen, groups))


class _Seen:
    """Who stood in the file so far, as eight bytes each: memory for many, nothing personal."""

    def __init__(self) -> None:
        self._marks: set[bytes] = set()

    def before(self, number: DocumentNumber) -> bool:
        """Whether the number was seen before; it is from now on."""
        mark = blake2b(number.reveal().encode(), digest_size=8).digest()
        known = mark in self._marks
        self._marks.add(mark)
        return known


def _note(row: Row, seen: _Seen, groups: Mapping[str, Group]) -> None:
    with suppress(RowFault):
        seen.before(_number(row, groups))


def _number(row: Row, groups: Mapping[str, Group]) -> DocumentNumber:
    return read(row, groups).identity.document_number


def _judging(
    run: Run, now: datetime, seen: _Seen, groups: Mapping[str, Group]
) -> Callable[[Sequence[Row]], Tally]:
    """How rows of the run's kind are judged."""
    if run.kind is RunKind.ROSTER:
        return lambda rows: _judged_roster(rows, seen, groups)
    judge, command = _judge(run.kind, groups), command_of(run, now)

    def judged(row: Row) -> Tally:
        return outcome(row, lambda row: judge(row, command))

    return lambda rows: sum(side_by_side(judged, rows), Tally())


def _judge(kind: RunKind, groups: Mapping[str, Group]) -> Judge:
    if kind is not RunKind.FACTS:
        return _JUDGES[kind]
    return lambda row, command: would_record_fact(row, command, groups)


def _judged_roster(rows: Sequence[Row], seen: _Seen, groups: Mapping[str, Group]) -> Tally:
    numbers: dict[DocumentNumber, int] = {}
    refusals = []
    for row in rows:
        try:
            number = _number(row, groups)
            if number in numbers:
                raise RowFault(NUMBER, DUPLICATE)
        except RowFault as fault:
            refusals.append(Refusal(row.line, fault.column, fault.code))
        else:
            numbers[number] = row.line
    ids = side_by_side(secrets.person_id, numbers)
    known = people.registered(ids)
    tally = Tally(refusals=tuple(refusals))
    for (number, line), person_id in zip(numbers.items(), ids, strict=True):
        tally += _told(line, person_id in known, seen.before(number))
    return tally


def _told(line: int, known: bool, again: bool) -> Tally:
    """As the import tells it: whom an earlier file brought exists, however often he stands here."""
    if known:
        return Tally(existed=1)
    if again:
        return Tally(refusals=(Refusal(line, NUMBER, DUPLICATE),))
    return Tally(applied=1)

"""An official's table as rows: the heading line, the columns in any order, a fault per row.

How a CSV or a workbook becomes lines of cells stands in csv_lines.py and xlsx_sheet.py; what a
row means is for the module of its kind.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

MOST_CHARACTERS = 4_096
"""A line of a CSV or a cell of a workbook that has more is refused, and never held whole."""
_SHOWN = 20
_SHOWN_CHARACTERS = 32
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Readable(Protocol):
    """A byte stream as S3 and a file both give it."""

    def read(self, amt: int = ..., /) -> bytes:
        """At most that many bytes."""
        ...


class RowFault(Exception):
    """Why a row is not taken: the column's heading and a stable code; never the value."""

    def __init__(self, column: str, code: str) -> None:
        super().__init__(code)
        self.column = column
        self.code = code


class NumberCell(str):
    """What a workbook keeps as a number or a date: an id in it may have lost digits."""

    __slots__ = ()


class FaultyCell(str):
    """A cell that has no value to take; its text is the code that says why."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file as cells; `fault` is a code where it could not even be split."""

    number: int
    cells: Sequence[str]
    fault: str = ""


@dataclass(frozen=True)
class Columns:
    """The headings a kind of file must have, those it may have, and which of them hold ids.

    A row of a file without an optional column says nothing about it.
    """

    wanted: Sequence[str]
    ids: frozenset[str] = frozenset()
    optional: Sequence[str] = ()

    @property
    def known(self) -> tuple[str, ...]:
        """Every heading that is read."""
        return (*self.wanted, *self.optional)


@dataclass(frozen=True)
class Layout:
    """What a file turned out to be: its form, and its headings against those wanted.

    `unknown` headings are not read. They are shown only where the first line is a heading line
    at all: of a file that begins with a person, nothing is repeated.
    """

    form: str
    encoding: str = ""
    sheet: str = ""
    missing: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class Unfit(Exception):
    """The whole file cannot be taken: a stable code, and what it turned out to be."""

    def __init__(self, code: str, layout: Layout | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.layout = layout


@dataclass(frozen=True)
class Row:
    """One line of the file under its headings; `fault` where it is refused unread."""

    line: int
    values: Mapping[str, str]
    fault: RowFault | None = None

    def __getitem__(self, heading: str) -> str:
        return self.values[heading].strip()

    def tells(self, heading: str) -> bool:
        """Whether the file has that column at all."""
        return heading in self.values


@dataclass(frozen=True)
class Table:
    """A file that can be taken: what it is, and its rows, each read when it is asked for."""

    layout: Layout
    rows: Iterator[Row]


def table(layout: Layout, lines: Iterator[Line], columns: Columns) -> Table:
    """The table whose headings stand in the first line that is not blank.

    Raises Unfit `empty_file`, `headings` or `duplicate_heading`.
    """
    filled = (line for line in lines if line.fault or any(map(str.strip, line.cells)))
    first = next(filled, None)
    if first is None:
        raise Unfit("empty_file", layout)
    found = [cell.strip() for cell in first.cells]
    judged = _judged(layout, found, columns)
    if judged.missing:
        raise Unfit("headings", judged)
    if judged.repeated:
        raise Unfit("duplicate_heading", judged)
    places = {heading: found.index(heading) for heading in columns.known if heading in found}
    return Table(judged, (_row(line, len(found), places, columns.ids) for line in filled))


def _judged(layout: Layout, found: Sequence[str], columns: Columns) -> Layout:
    known = columns.known
    here = set(found) & set(known)
    others = dict.fromkeys(name[:_SHOWN_CHARACTERS] for name in found if name not in known)
    return replace(
        layout,
        missing=tuple(name for name in columns.wanted if name not in here),
        repeated=tuple(name for name in known if found.count(name) > 1),
        unknown=tuple(name for name in others if name)[:_SHOWN] if here else (),
    )


def _row(line: Line, width: int, places: Mapping[str, int], ids: frozenset[str]) -> Row:
    if line.fault:
        return Row(line.number, {}, RowFault("", line.fault))
    if len(line.cells) != width:
        return Row(line.number, {}, RowFault("", "column_count"))
    values = {heading: line.cells[place] for heading, place in places.items()}
    for heading, cell in values.items():
        if fault := _fault(heading, cell, ids):
            return Row(line.number, values, fault)
    return Row(line.number, values)


def _fault(heading: str, cell: str, ids: frozenset[str]) -> RowFault | None:
    if isinstance(cell, FaultyCell):
        return RowFault(heading, str(cell))
    if isinstance(cell, NumberCell) and heading in ids:
        return RowFault(heading, "number_cell")
    if _CONTROL.search(cell):
        return RowFault(heading, "control_character")
    return None

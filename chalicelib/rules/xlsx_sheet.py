"""A worksheet as lines of cells, read as it streams by; a line's number is the sheet's row.

A formula is never worked out: its last result, as Excel kept it, is the cell's text.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, reduce
from string import digits

from . import xlsx_values, xml_events
from .tabular import MOST_CHARACTERS, FaultyCell, Line, NumberCell, Unfit
from .xlsx_package import Workbook
from .xml_events import Attributes

_LETTERS = re.compile(r"[A-Z]{1,3}")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_MOST_COLUMNS = 256
_TRUTH = {"1": "TRUE", "0": "FALSE"}
_MIDNIGHT = "T00:00:00"


def lines(package: zipfile.ZipFile, book: Workbook) -> Iterator[Line]:
    """The rows of the book's sheet that hold anything, as wide as the first of them.

    Memory holds the shared texts and the rows of one chunk, whatever the sheet's size.
    """
    sheet = _Sheet(
        xlsx_values.shared_texts(package, book.strings),
        xlsx_values.dated_styles(package, book.styles),
        book.from_1904,
    )
    fed = xml_events.parser(sheet.start, sheet.end, sheet.add)
    width = 0
    with package.open(book.sheet) as stream:
        for _ in xml_events.chunks(stream, fed):
            for line in sheet.take():
                width = width or len(line.cells)
                blanks = [""] * (width - len(line.cells))
                yield replace(line, cells=[*line.cells, *blanks])


class _Sheet:
    """Gathers a sheet's rows from the elements that stream by."""

    def __init__(self, texts: Sequence[str], dated: frozenset[int], from_1904: bool) -> None:
        self._texts, self._dated, self._from_1904 = texts, dated, from_1904
        self._lines: list[Line] = []
        self._row = self._column = 0
        self._cells: list[str] = []
        self._cell: Attributes = {}
        self._value: list[str] = []
        self._inline = xlsx_values.Text()
        self._reads = self._formula = self._too_wide = False

    def take(self) -> list[Line]:
        """The rows that came to their end since the last taking."""
        taken, self._lines = self._lines, []
        return taken

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if name == "c":
            self._cell, self._formula = attributes, False
            self._column = _column(attributes.get("r"), self._column)
            self._value.clear()
        elif name == "v":
            self._reads = True
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._row = _row(attributes.get("r"), self._row)
            self._column, self._cells, self._too_wide = 0, [], False
        else:
            self._inline.start(name)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "c":
            self._keep(self._read())
        elif name == "v":
            self._reads = False
        elif name == "row":
            while self._cells and not self._cells[-1]:
                self._cells.pop()
            if self._too_wide:
                self._lines.append(Line(self._row, (), "column_count"))
            elif self._cells:
                self._lines.append(Line(self._row, self._cells))
        else:
            self._inline.end(name)

    def add(self, text: str) -> None:
        """Characters of a value."""
        if not self._reads:
            self._inline.add(text)
        elif len(self._value) <= MOST_CHARACTERS:
            self._value.append(text)

    def _keep(self, text: str) -> None:
        if len(text) > MOST_CHARACTERS:
            text = FaultyCell("too_long")
        if self._column > _MOST_COLUMNS:
            self._too_wide = self._too_wide or bool(text)
        elif text:
            self._cells += [""] * (self._column - 1 - len(self._cells))
            self._cells.append(text)

    def _read(self) -> str:
        text, inline = "".join(self._value), self._inline.take()
        kind = self._cell.get("t", "n")
        if kind == "s":
            place = int(text) if text.isdecimal() else len(self._texts)
            return self._texts[place] if place < len(self._texts) else FaultyCell("error_cell")
        if kind == "n":
            return self._number(text)
        if kind == "inlineStr":
            return inline
        if kind == "str":
            return xlsx_values.plain(text)
        if kind == "b":
            return _TRUTH.get(text, text)
        if kind == "d":
            return NumberCell(text.removesuffix(_MIDNIGHT))
        return FaultyCell("error_cell")

    def _number(self, text: str) -> str:
        if not text:
            return FaultyCell("formula_cell") if self._formula else ""
        style = self._cell.get("s", "0")
        dated = style.isdecimal() and int(style) in self._dated
        return xlsx_values.number(text, dated, self._from_1904)


def _row(reference: str | None, before: int) -> int:
    row = int(reference) if reference and reference.isdecimal() else before + 1
    if not before < row <= _LAST_ROW:
        raise Unfit("damaged")
    return row


def _column(reference: str | None, before: int) -> int:
    column = _number_of(reference.rstrip(digits)) if reference else before + 1
    if not before < column <= _LAST_COLUMN:
        raise Unfit("damaged")
    return column


@lru_cache(maxsize=256)
def _number_of(letters: str) -> int:
    """The column with these letters, A being 1; 0 where they name none."""
    if not _LETTERS.fullmatch(letters):
        return 0
    return reduce(lambda column, letter: column * 26 + ord(letter) - 64, letters, 0)

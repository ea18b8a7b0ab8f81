"""A table as a file that an office opens: XLSX with text cells, or CSV in UTF-8 with its mark.

One writer for every report and export, of functions and of the operator. What stands in a table,
and in which words, is for whoever asks; nothing here knows the city.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import IO

from chalicelib.rules.file_format import FileFormat

Cell = str | int | None
"""A text, a whole number, or nothing. A date comes as its ISO text."""

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTH = 24


def write(
    out: IO[bytes],
    form: FileFormat,
    sheet: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell]],
) -> None:
    """Writes the table to an open file, row by row: memory does not grow with it.

    A text that a spreadsheet would take for a formula (OWASP, CSV injection) is kept from being
    one: in XLSX it is a text with Excel's own quote mark, in CSV an apostrophe stands before it.
    Numbers stay numbers; an id is given as a text and stays one.
    """
    if form is FileFormat.XLSX:
        _write_xlsx(out, sheet, headings, rows)
    else:
        _write_csv(out, headings, rows)


def _write_csv(out: IO[bytes], headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    # Excel takes a CSV for UTF-8 only where the byte order mark says so.
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows(map(_plain, row) for row in rows)
    text.detach()


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(_STARTS_A_FORMULA):
        return f"'{cell}"
    return cell


def _write_xlsx(
    out: IO[bytes], sheet: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:
    # Only who writes a workbook pays for the library: it is no part of a cold start.
    from xlsxwriter import Workbook

    book = Workbook(out, {"constant_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet(sheet)
    text = book.add_format({"num_format": "@"})
    quoted = book.add_format({"num_format": "@", "quote_prefix": True})
    page.set_column(0, len(headings) - 1, _WIDTH)
    page.write_row(0, 0, headings, book.add_format({"bold": True, "num_format": "@"}))
    page.freeze_panes(1, 0)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                style = quoted if cell.startswith(_STARTS_A_FORMULA) else text
                page.write_string(number, column, cell, style)
            elif cell is not None:
                page.write_number(number, column, cell)
    book.close()

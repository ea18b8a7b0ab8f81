"""An official's file as a table, whether a CSV or a workbook: its own bytes say which."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from . import csv_lines, tabular, xlsx_package, xlsx_sheet
from .tabular import Columns, Layout, Table

_HEAD_BYTES = 65_536


@contextmanager
def opened(file: BinaryIO, columns: Columns) -> Iterator[Table]:
    """The file's table for as long as it is read; Unfit with the code and what was found."""
    head = file.read(_HEAD_BYTES)
    if not xlsx_package.is_workbook(head):
        layout = Layout("csv", encoding=csv_lines.encoding_of(head))
        yield tabular.table(layout, csv_lines.lines(head, file), columns)
        return
    with xlsx_package.opened(file) as package:
        book = xlsx_package.workbook(package)
        layout = Layout("xlsx", sheet=book.name)
        lines = xlsx_package.sound(xlsx_sheet.lines(package, book))
        yield tabular.table(layout, lines, columns)

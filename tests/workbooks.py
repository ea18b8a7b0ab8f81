"""Workbooks as offices and as hostile people make them: by Excel's rules, and part by part."""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from string import ascii_uppercase
from typing import Any

from xlsxwriter import Workbook

from chalicelib.rules import office_file
from chalicelib.rules.tabular import Columns, Layout, Row, RowFault

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
PARTS = {
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
    '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>",
    "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}"><si><t>姓名</t></si></sst>',
}


def workbook(
    *rows: Sequence[Any], streamed: bool = False, before: Sequence[str] = (), hidden: bool = False
) -> bytes:
    """A workbook with these rows; a date as a date cell, a text that begins with = as a formula.

    Sheets named `before` stand in front, hidden if asked so.
    """
    out = BytesIO()
    book = Workbook(out, {"constant_memory": streamed})
    dated = book.add_format({"num_format": "yyyy/m/d"})
    for name in before:
        front = book.add_worksheet(name)
        front.write(0, 0, name)
        if hidden:
            front.hide()
    page = book.add_worksheet()
    if before:
        page.activate()
        page.set_first_sheet()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(number, column, cell, dated)
            else:
                page.write(number, column, cell)
    book.close()
    return out.getvalue()


def packed(parts: Mapping[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package of these parts, whatever stands in them."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", packing) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def sheet(rows: str) -> bytes:
    """A workbook whose one sheet has these rows, as XML."""
    return packed(PARTS | {"xl/worksheets/sheet1.xml": _sheet(rows)})


def _sheet(rows: str) -> str:
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def shared_texts(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook as Excel itself keeps one: every text once in a table, each cell its number."""
    places: dict[str, int] = {}
    lines = []
    for number, row in enumerate(rows, 1):
        cells = (
            f'<c r="{column}{number}" t="s"><v>{places.setdefault(text, len(places))}</v></c>'
            for column, text in zip(ascii_uppercase, row, strict=False)
        )
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    texts = "".join(f"<si><t>{text}</t></si>" for text in places)
    shared = {"xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{texts}</sst>'}
    return packed(PARTS | shared | {"xl/worksheets/sheet1.xml": _sheet("".join(lines))})


def read(content: bytes, columns: Columns) -> tuple[Layout, list[Row]]:
    """What a file turns out to be, and all its rows."""
    with office_file.opened(BytesIO(content), columns) as table:
        return table.layout, list(table.rows)


def told(row: Row) -> tuple[int, Mapping[str, str], tuple[str, str]]:
    """A row's line, values and fault, to be compared."""
    fault = row.fault or RowFault("", "")
    return row.line, dict(row.values), (fault.column, fault.code)

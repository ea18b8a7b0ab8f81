"""Tables as an office opens them: texts stay texts, and no cell becomes a formula."""

import csv
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from chalicelib.rules.file_format import FileFormat
from chalicelib.store.spreadsheets import Cell, write

HEADINGS = ("证件号码", "金额（分）", "说明")
DANGEROUS = ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1"]


def written(form: FileFormat, *rows: tuple[Cell, ...]) -> bytes:
    out = BytesIO()
    write(out, form, "明细", HEADINGS, rows)
    return out.getvalue()


def read_back(content: bytes) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return [list(row) for row in book.get_sheet_by_name("明细").iter_rows()]


def test_a_workbook_keeps_an_id_as_text_and_money_as_a_number() -> None:
    content = written(FileFormat.XLSX, ("319999198001010011", 150_000, "培训"), ("x", None, ""))
    assert read_back(content)[:2] == [list(HEADINGS), ["319999198001010011", 150_000.0, "培训"]]


def test_a_csv_begins_with_the_mark_and_ends_its_lines_as_excel_does() -> None:
    content = written(FileFormat.CSV, ("319999198001010011", 150_000, "培训,班"))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines(keepends=True) == [
        "证件号码,金额（分）,说明\r\n",
        '319999198001010011,150000,"培训,班"\r\n',
    ]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_csv_begins_like_a_formula(text: str) -> None:
    content = written(FileFormat.CSV, (text, -5, "")).decode("utf-8-sig")
    (_, row) = csv.reader(StringIO(content, newline=""))
    assert row == ["'" + text, "-5", ""]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_workbook_keeps_such_a_text_as_it_is_and_as_text(text: str) -> None:
    content = written(FileFormat.XLSX, (text, -5, "x"))
    assert read_back(content)[1] == [text, -5.0, "x"]

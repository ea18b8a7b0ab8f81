"""Workbooks: read as calamine reads them, but streaming, and never to their maker's advantage."""

import zipfile
from contextlib import suppress
from datetime import date
from functools import cache
from io import BytesIO
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from chalicelib.rules import office_file, xlsx_package
from chalicelib.rules.tabular import Columns, Unfit
from tests.workbooks import PARTS, packed, read, sheet, told, workbook

ID, NAME, DAY = "证件号码", "姓名", "日期"
COLUMNS = Columns((ID, NAME, DAY), ids=frozenset({ID}))
HEADING = (NAME, DAY, ID)


def rows(content: bytes) -> list[tuple[int, dict[str, str], tuple[str, str]]]:
    return [
        (line, dict(values), fault) for line, values, fault in map(told, read(content, COLUMNS)[1])
    ]


@pytest.mark.parametrize("streamed", [False, True], ids=["shared texts", "texts in their cells"])
def test_a_workbook_reads_like_a_csv_and_its_date_cells_as_dates(streamed: bool) -> None:
    content = workbook(HEADING, ("张三", date(2026, 3, 2), "31999919800101001X"), streamed=streamed)
    assert rows(content) == [
        (2, {ID: "31999919800101001X", NAME: "张三", DAY: "2026-03-02"}, ("", ""))
    ]


@pytest.mark.parametrize("kept", [319999198001010011, 3.19999e17, 45292.5, date(2026, 3, 2)])
def test_a_number_or_a_date_where_an_id_belongs_is_refused(kept: object) -> None:
    ((line, _, fault),) = rows(workbook(HEADING, ("张三", "2026-03-02", kept)))
    assert (line, fault) == (2, (ID, "number_cell"))


def test_a_number_elsewhere_is_read_as_people_write_it() -> None:
    columns = Columns(("a", "b", "c"))
    _, (row,) = read(workbook(("a", "b", "c"), (310104.0, 121.48, 0.1)), columns)
    assert [row[name] for name in "abc"] == ["310104", "121.48", "0.1"]


def test_the_numbers_of_lines_are_those_that_excel_shows() -> None:
    content = workbook(
        (), HEADING, (), ("张三", "2026-03-02", "1"), (), ("李四", "2026-03-02", "2")
    )
    assert [line for line, _, _ in rows(content)] == [4, 6]


def test_a_formula_is_its_last_result_and_never_worked_out() -> None:
    cell = '<c r="{}1" t="str"><f>{}</f><v>{}</v></c>'
    heading = "".join(cell.format(c, f'"{h}"', h) for c, h in zip("ABC", HEADING, strict=True))
    result = cell.format("C", "cmd|' /C calc'!A0", "319999198001010011")
    content = sheet(f"<row>{heading}</row><row>{result}</row>")
    assert rows(content)[0][1][ID] == "319999198001010011"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ('<c r="C2"><f>A1+1</f></c>', "formula_cell"),
        ('<c r="C2" t="e"><v>#N/A</v></c>', "error_cell"),
        ('<c r="C2" t="s"><v>99</v></c>', "error_cell"),
        ('<c r="C2"><v>1e999</v></c>', "error_cell"),
        (f'<c r="C2" t="str"><v>{"9" * 5000}</v></c>', "too_long"),
        ('<c r="C2" t="str"><v>3199_x0000_99</v></c>', "control_character"),
    ],
)
def test_a_cell_without_a_value_to_take_is_named(cell: str, code: str) -> None:
    heading = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in HEADING)
    ((line, _, fault),) = rows(sheet(f"<row>{heading}</row><row>{cell}</row>"))
    assert (line, fault) == (2, (ID, code))


def test_a_heading_that_is_merged_over_two_columns_leaves_one_missing() -> None:
    heading = f'<c r="A1" t="inlineStr"><is><t>{NAME}</t></is></c><c r="B1"/><c r="C1"/>'
    assert unfit(sheet(f"<row>{heading}</row>")) == "headings"


def test_a_cell_beyond_the_headings_is_refused_and_a_far_one_costs_nothing() -> None:
    heading = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in HEADING)
    beyond = '<row><c r="D2" t="str"><v>x</v></c></row>'
    far = '<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row>'
    found = rows(sheet(f"<row>{heading}</row>{beyond}{far}"))
    assert [(line, fault) for line, _, fault in found] == [
        (2, ("", "column_count")),
        (1_048_576, ("", "column_count")),
    ]


def test_the_first_sheet_that_can_be_seen_is_read() -> None:
    content = workbook(HEADING, ("张三", "2026-03-02", "1"), before=["说明"], hidden=True)
    layout, found = read(content, COLUMNS)
    assert (layout.form, layout.sheet, len(found)) == ("xlsx", "Sheet2", 1)


texts = st.text(
    st.characters(
        blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\ufffe\uffff"
    ),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() == text and not text.startswith(("=", "{", "_x")))


@settings(max_examples=40)
@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=5), st.booleans())
def test_what_is_read_is_what_calamine_reads(cells: list[tuple[str, ...]], streamed: bool) -> None:
    book = BytesIO(workbook(HEADING, *(tuple(map(str, row)) for row in cells), streamed=streamed))
    theirs = list(CalamineWorkbook.from_filelike(book).get_sheet_by_index(0).iter_rows())
    _, ours = read(book.getvalue(), COLUMNS)
    assert [[row.values[name] for name in HEADING] for row in ours] == [
        [str(cell) for cell in row] for row in theirs[1:]
    ]


def unfit(content: bytes) -> str:
    with pytest.raises(Unfit) as found:
        rows(content)
    return found.value.code


def test_a_package_that_unpacks_to_too_much_is_refused_before_it_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(xlsx_package, "MOST_UNPACKED_BYTES", 1_000_000)
    bomb = packed(PARTS | {"xl/worksheets/sheet1.xml": b" " * 1_000_000})
    assert len(bomb) < 5_000
    assert unfit(bomb) == "unpacked_too_large"


def test_a_package_of_very_many_parts_is_refused() -> None:
    assert unfit(packed({f"xl/{n:06}.xml": "" for n in range(6_000)})) == "unpacked_too_large"


def test_an_entity_that_multiplies_itself_is_refused() -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    assert unfit(packed(PARTS | {"xl/worksheets/sheet1.xml": laughs})) == "damaged"


SEEDS = st.integers(0, 2**32)


@settings(max_examples=60)
@given(SEEDS)
def test_a_workbook_that_was_tampered_with_is_read_or_refused_and_nothing_else(seed: int) -> None:
    with suppress(Unfit):
        rows(tampered(Random(seed)))


def tampered(dice: Random) -> bytes:
    """A sound workbook with some bytes of one of its parts changed, dropped or put in."""
    parts = sound_parts()
    part = dice.choice([name for name in parts if name.startswith("xl/")])
    spoilt = bytearray(parts[part])
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(spoilt))
        spoilt[place : place + dice.choice((0, 1, 9))] = dice.choice(SPOILS)
    return packed(parts | {part: bytes(spoilt)})


@cache
def sound_parts() -> dict[str, bytes]:
    content = workbook(HEADING, ("张三", date(2026, 3, 2), "1"))
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


SPOILS = (b"", b"9", b"<", b"\xff\x00", b's="99999999999"', b"<v>", b'<row r="99999999"/>', b"&#0;")


def test_an_error_of_who_reads_is_not_taken_for_the_file() -> None:
    file = BytesIO(workbook(HEADING, ("张三", "2026-03-02", "1")))
    with pytest.raises(KeyError), office_file.opened(file, COLUMNS):
        raise KeyError


def with_a_second_directory() -> bytes:
    content = sheet("")
    place = content.rindex(b"PK\x05\x06")
    return content[:place] + b"PK\x06\x07" + bytes(16) + content[place:]


def with_a_password() -> bytes:
    content = bytearray(sheet(""))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04" + bytes(70_000), "damaged"),
        (workbook(HEADING)[:-40], "damaged"),
        (sheet("<row><c r='A1'><v>1"), "damaged"),
        (sheet("<row r='2'><c t='b'><v>1</v></c></row><row r='1'/>"), "damaged"),
        (sheet(""), "empty_file"),
        (packed({"document.xml": ""}), "damaged"),
        (packed(PARTS | {"xl/workbook.xml": "<workbook/>"}), "no_sheet"),
        (packed(PARTS, zipfile.ZIP_LZMA), "damaged"),
        (
            packed(PARTS | {"xl/workbook.xml": '<?xml version="1.0" encoding="UT-8"?><w/>'}),
            "damaged",
        ),
        (with_a_second_directory(), "unpacked_too_large"),
        (sheet("<row>" + "<c/>" * 16_385 + "</row>"), "damaged"),
        (with_a_password(), "encrypted"),
    ],
)
def test_what_is_no_sound_workbook_says_why(content: bytes, code: str) -> None:
    assert unfit(content) == code

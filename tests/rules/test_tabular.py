"""Files as offices export them: encodings, line ends, headings, spoiled rows."""

from dataclasses import replace

import pytest

from chalicelib.rules.tabular import Columns, Unfit
from tests.workbooks import read, told

COLUMNS = Columns(("姓名", "证件号码"), ids=frozenset({"证件号码"}))


def faults(content: bytes) -> list[tuple[int, tuple[str, str]]]:
    return [(line, fault) for line, _, fault in map(told, read(content, COLUMNS)[1])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_encoding_and_line_end_reads_alike(encoding: str, end: str) -> None:
    content = end.join(["证件号码,姓名", "1,张三", "2,李四", ""]).encode(encoding)
    layout, rows = read(content, COLUMNS)
    assert layout.encoding == ("gb18030" if encoding == "gb18030" else "utf-8-sig")
    assert [(row.line, row["姓名"]) for row in rows] == [(2, "张三"), (3, "李四")]


def test_a_spoiled_row_spoils_no_other() -> None:
    content = '姓名,证件号码\n"张三,1\n李四,2\n王五\n赵六,4\n'.encode()
    split = ("", "column_count")
    assert faults(content) == [(2, split), (3, ("", "")), (4, split), (5, ("", ""))]


def test_bytes_of_no_encoding_are_named() -> None:
    content = "姓名,证件号码\n".encode("gb18030") + b"\xff\xff,1\n"
    assert faults(content) == [(2, ("", "undecodable"))]


def test_a_nul_in_a_cell_is_a_reason_and_no_end_of_the_file() -> None:
    content = "姓名,证件号码\n张\x00三,1\n李四,2\n".encode()
    assert faults(content) == [(2, ("姓名", "control_character")), (3, ("", ""))]


def test_a_line_of_ten_megabytes_is_one_refused_row() -> None:
    endless = "李四," + "9" * 10_000_000
    content = f"姓名,证件号码\n张三,1\n{endless}\n王五,3\n{endless}".encode()
    long = ("", "too_long")
    assert faults(content) == [(2, ("", "")), (3, long), (4, ("", "")), (5, long)]


def test_an_optional_column_is_read_where_it_stands_and_not_missed_where_it_does_not() -> None:
    columns = replace(COLUMNS, optional=("备注",))
    layout, (with_it,) = read("备注,姓名,证件号码\n无,张三,1".encode(), columns)
    assert (with_it["备注"], layout.unknown) == ("无", ())
    layout, (without,) = read("姓名,证件号码\n张三,1".encode(), columns)
    assert (without.tells("备注"), layout.missing) == (False, ())


def unfit(content: bytes) -> Unfit:
    with pytest.raises(Unfit) as found:
        read(content, COLUMNS)
    return found.value


def test_a_file_without_a_column_is_refused_whole_and_says_which() -> None:
    found = unfit("姓名,年龄\n张三,40\n".encode())
    assert found.code == "headings"
    assert found.layout is not None
    assert (found.layout.missing, found.layout.unknown) == (("证件号码",), ("年龄",))


def test_a_file_that_begins_with_a_person_repeats_nothing_of_him() -> None:
    found = unfit("张三,319999198001010011\n".encode())
    assert found.layout is not None
    assert (found.layout.missing, found.layout.unknown) == (("姓名", "证件号码"), ())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf\r\n\r\n", "empty_file"),
        ("姓名,证件号码,姓名\n张三,1,李四\n".encode(), "duplicate_heading"),
        ("姓名\t证件号码\n".encode("utf-16"), "encoding"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "old_workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
    ],
)
def test_what_cannot_be_taken_at_all_says_why(content: bytes, code: str) -> None:
    assert unfit(content).code == code


def test_blank_columns_and_columns_that_nobody_asked_for_are_passed_over() -> None:
    layout, rows = read("备注,,证件号码,姓名,\n住院,,1,张三,\n".encode(), COLUMNS)
    assert layout.unknown == ("备注",)
    assert [told(row) for row in rows] == [(2, {"姓名": "张三", "证件号码": "1"}, ("", ""))]

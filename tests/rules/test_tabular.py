"""Files as offices export them: encodings, line ends, spoiled rows."""

from io import BytesIO

import pytest

from chalicelib.errors import Invalid
from chalicelib.rules.tabular import rows

HEADINGS = ("姓名", "证件号码")


def read(content: bytes) -> list[tuple[int, dict[str, str], str]]:
    return [
        (row.line, dict(row.values), row.fault.code if row.fault else "")
        for row in rows(BytesIO(content), HEADINGS)
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_encoding_and_line_end_reads_alike(encoding: str, end: str) -> None:
    content = end.join(["证件号码,姓名", "1,张三", "2,李四", ""]).encode(encoding)
    assert [(line, values["姓名"]) for line, values, _ in read(content)] == [
        (2, "张三"),
        (3, "李四"),
    ]


def test_a_spoiled_row_spoils_no_other() -> None:
    content = '姓名,证件号码\n"张三,1\n李四,2\n王五\n赵六,4\n'.encode()
    assert [(line, fault) for line, _, fault in read(content)] == [
        (2, "column_count"),
        (3, ""),
        (4, "column_count"),
        (5, ""),
    ]


def test_bytes_of_no_encoding_are_named() -> None:
    content = "姓名,证件号码\n".encode("gb18030") + b"\xff\xff,1\n"
    assert [fault for _, _, fault in read(content)] == ["undecodable"]


def test_a_file_without_a_column_is_refused_whole() -> None:
    with pytest.raises(Invalid, match="headings"):
        read("姓名\n张三\n".encode())


def test_a_line_without_end_cannot_fill_memory() -> None:
    content = "姓名,证件号码\n".encode() + b"x" * 2_000_000
    assert [fault for _, _, fault in read(content)] == ["column_count"]

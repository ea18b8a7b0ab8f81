"""An official's CSV as rows: UTF-8 or GB18030, BOM and CRLF allowed, columns in any order.

Each physical line is read by itself, so that an unclosed quotation mark spoils its own row and
no other. What a row means is for the module of its kind.
"""

import codecs
import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from chalicelib.errors import Invalid

_HEAD_BYTES = 65_536
_LINE_CHARACTERS = 4_096


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


@dataclass(frozen=True)
class Row:
    """One line of the file under its headings; `fault` where it could not even be split."""

    line: int
    values: Mapping[str, str]
    fault: RowFault | None = None

    def __getitem__(self, heading: str) -> str:
        return self.values[heading].strip()


def encoding_of(head: bytes) -> str:
    """UTF-8 if the first bytes are, else GB18030."""
    try:
        codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


def rows(stream: Readable, headings: Sequence[str]) -> Iterator[Row]:
    """Every row after the heading line; Invalid `headings` where a column is missing.

    Memory holds one chunk and one line, whatever the file's size.
    """
    lines = _lines(stream)
    found = _split(next(lines, ""))
    columns = [heading.strip() for heading in found or ()]
    if missing := [heading for heading in headings if heading not in columns]:
        raise Invalid("headings", field="file", facts={"missing": ", ".join(missing)})
    for number, line in enumerate(lines, 2):
        if not line.strip():
            continue
        cells = _split(line)
        if cells is None or len(cells) != len(columns):
            yield Row(number, {}, RowFault("", "column_count"))
        elif "\ufffd" in line:
            yield Row(number, {}, RowFault("", "undecodable"))
        else:
            yield Row(number, dict(zip(columns, cells, strict=True)))


def _split(line: str) -> list[str] | None:
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error:
        return None


def _lines(stream: Readable) -> Iterator[str]:
    """Decoded lines without their ends; one that never ends is cut, so it cannot fill memory."""
    head = stream.read(_HEAD_BYTES)
    decoder = codecs.getincrementaldecoder(encoding_of(head))(errors="replace")
    rest = ""
    chunk = head
    while chunk:
        rest += decoder.decode(chunk)
        *whole, rest = rest.split("\n")
        rest = rest[:_LINE_CHARACTERS]
        yield from (line[:_LINE_CHARACTERS].removesuffix("\r") for line in whole)
        chunk = stream.read(_HEAD_BYTES)
    rest += decoder.decode(b"", final=True)
    if rest:
        yield rest.removesuffix("\r")

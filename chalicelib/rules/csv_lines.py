"""A CSV's bytes as lines of cells: UTF-8 or GB18030, with or without BOM, any line end.

Each physical line is read by itself, so that an unclosed quotation mark spoils its own row and
no other.
"""

import codecs
import csv
from collections.abc import Iterator

from .tabular import MOST_CHARACTERS, Line, Readable, Unfit

_CHUNK_BYTES = 65_536
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def encoding_of(head: bytes) -> str:
    """UTF-8 if the first bytes are, else GB18030; Unfit `encoding` for Excel's "Unicode text"."""
    if head.startswith(_UTF_16):
        raise Unfit("encoding")
    try:
        codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


def lines(head: bytes, stream: Readable) -> Iterator[Line]:
    """The lines of `head` and of what the stream has behind it.

    Memory holds one chunk and one line, whatever the file's size.
    """
    for number, text in enumerate(_texts(head, stream), 1):
        if len(text) > MOST_CHARACTERS:
            yield Line(number, (), "too_long")
        elif "\ufffd" in text:
            yield Line(number, (), "undecodable")
        else:
            yield _split(number, text)


def _split(number: int, text: str) -> Line:
    try:
        return Line(number, next(csv.reader([text], strict=True), []))
    except csv.Error:
        return Line(number, (), "column_count")


def _texts(head: bytes, stream: Readable) -> Iterator[str]:
    """Decoded lines without their ends; one too long is cut where that begins to show."""
    decoder = codecs.getincrementaldecoder(encoding_of(head))(errors="replace")
    rest, chunk = "", head
    while chunk:
        rest += decoder.decode(chunk)
        *whole, rest = rest.split("\n")
        rest = rest[: MOST_CHARACTERS + 1]
        yield from (line.removesuffix("\r") for line in whole)
        chunk = stream.read(_CHUNK_BYTES)
    rest += decoder.decode(b"", final=True)
    if rest:
        yield rest.removesuffix("\r")

"""An XLSX file as a package (ECMA-376): refused before it can do harm, its parts by their names.

Sizes are judged by what the package itself declares: more than that is never unpacked.
"""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from posixpath import join, normpath
from typing import BinaryIO

from . import xml_events
from .tabular import Line, Unfit
from .xml_events import Attributes

MOST_UNPACKED_BYTES = 128 * 1024 * 1024
_MOST_DIRECTORY_BYTES = 256 * 1024
_MOST_SMALL_PART_BYTES = 8 * 1024 * 1024
# What the library raises, and what a part raises that is not what it should be.
_BROKEN = (
    *(zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error),
    *(KeyError, ValueError),
)
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_END, _END_BYTES, _MOST_COMMENT = b"PK\x05\x06", 22, 65_535
_LARGE, _LARGE_BYTES = b"PK\x06\x07", 20
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_SEEN = "visible"
_OLE, _ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Workbook:
    """The first sheet that can be seen, and the parts its cells refer to; "" where absent."""

    name: str
    sheet: str
    strings: str
    styles: str
    from_1904: bool


def is_workbook(head: bytes) -> bool:
    """Whether a file begins like a workbook of today.

    Raises Unfit `encrypted` or `old_workbook` for those that Excel keeps in another way.
    """
    if head.startswith(_OLE) and _ENCRYPTED in head:
        raise Unfit("encrypted")
    if head.startswith(_OLE):
        raise Unfit("old_workbook")
    return head.startswith(b"PK\x03\x04")


@contextmanager
def opened(file: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """The package; Unfit `damaged`, `encrypted` or `unpacked_too_large`."""
    _check_directory(file)
    try:
        package = zipfile.ZipFile(file)
    except _BROKEN:
        raise Unfit("damaged") from None
    with package:
        _check_entries(package.infolist())
        yield package


def sound(lines: Iterator[Line]) -> Iterator[Line]:
    """The lines, as far as the package holds; Unfit `damaged` where it does not."""
    try:
        yield from lines
    except _BROKEN:
        raise Unfit("damaged") from None


def _check_directory(file: BinaryIO) -> None:
    """Bounds the list of entries before the library reads it whole."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_BYTES - _MOST_COMMENT))
    tail = file.read()
    place = tail.rfind(_END)
    if place < 0 or place + _END_BYTES > len(tail):
        raise Unfit("damaged")
    # A second, larger directory is for packages of more than 4 GB.
    if tail[max(0, place - _LARGE_BYTES) : place].startswith(_LARGE):
        raise Unfit("unpacked_too_large")
    if int.from_bytes(tail[place + 12 : place + 16], "little") > _MOST_DIRECTORY_BYTES:
        raise Unfit("unpacked_too_large")


def _check_entries(entries: Sequence[zipfile.ZipInfo]) -> None:
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
        raise Unfit("unpacked_too_large")
    for entry in entries:
        if entry.flag_bits & 1:
            raise Unfit("encrypted")
        if entry.compress_type not in _PACKED:
            raise Unfit("damaged")


def workbook(package: zipfile.ZipFile) -> Workbook:
    """What is needed to read the first visible sheet; Unfit `no_sheet`, `damaged`."""
    try:
        return _workbook(package)
    except _BROKEN:
        raise Unfit("damaged") from None


def _workbook(package: zipfile.ZipFile) -> Workbook:
    found = list(elements(package, _WORKBOOK))
    targets = {each["Id"]: each for name, each in elements(package, _RELATIONS) if "Id" in each}
    parts = {_kind(each): _part(each) for each in targets.values()}
    properties = next((each for name, each in found if name == "workbookPr"), {})
    for name, each in found:
        target = targets.get(each.get("id", ""), {})
        # A sheet that is hidden says so; one that is a chart has no cells.
        if name == "sheet" and each.get("state", _SEEN) == _SEEN and _kind(target) == "worksheet":
            return Workbook(
                name=each["name"],
                sheet=_part(target),
                strings=parts.get("sharedStrings", ""),
                styles=parts.get("styles", ""),
                from_1904=properties.get("date1904") in {"1", "true"},
            )
    raise Unfit("no_sheet")


def elements(package: zipfile.ZipFile, part: str) -> Iterator[tuple[str, Attributes]]:
    """Every element of a small part as it begins; Unfit `unpacked_too_large`."""
    if package.getinfo(part).file_size > _MOST_SMALL_PART_BYTES:
        raise Unfit("unpacked_too_large")
    begun: list[tuple[str, Attributes]] = []

    def start(name: str, each: Attributes) -> None:
        begun.append((name, {xml_events.local(key): value for key, value in each.items()}))

    fed = xml_events.parser(start, lambda name: None)
    with package.open(part) as stream:
        for _ in xml_events.chunks(stream, fed):
            yield from begun
            begun.clear()


def _kind(relation: Attributes) -> str:
    return relation.get("Type", "").rpartition("/")[2]


def _part(relation: Attributes) -> str:
    return normpath(join("/xl", relation["Target"])).lstrip("/")

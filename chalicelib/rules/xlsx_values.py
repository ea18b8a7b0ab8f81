"""What the values of a workbook's cells mean: shared texts, and which numbers are dates."""

import re
import zipfile
from datetime import date, timedelta
from math import isfinite

from . import xml_events
from .tabular import MOST_CHARACTERS, FaultyCell, NumberCell, Unfit
from .xlsx_package import elements

MOST_SHARED_BYTES = 64 * 1024 * 1024
_DATES_BUILT_IN = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
# What is written literally in a number format is no part of its meaning.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_OF_A_DATE = re.compile(r"[ymdhs]", re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DAY_0, _DAYS_TO_1904 = date(1899, 12, 30), 1462
# Before March 1900 Excel counts a day that never was.
_FIRST_TRUE_DAY, _LAST_DAY = 61, 2_958_465
_EXACT = 10**15


def shared_texts(package: zipfile.ZipFile, part: str) -> list[str]:
    """The texts that cells refer to by their number, each cut where it is too long anyway."""
    if not part:
        return []
    if package.getinfo(part).file_size > MOST_SHARED_BYTES:
        raise Unfit("unpacked_too_large")
    texts: list[str] = []
    gathering = Text()

    def end(name: str) -> None:
        gathering.end(name)
        if name == "si":
            texts.append(gathering.take())

    fed = xml_events.parser(lambda name, _: gathering.start(name), end, gathering.add)
    with package.open(part) as stream:
        for _ in xml_events.chunks(stream, fed):
            pass
    return texts


class Text:
    """Gathers the runs of a rich text, without the readings that stand beside Chinese ones."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._open = self._beside = False

    def start(self, name: str) -> None:
        """An element begins."""
        if name == "t":
            self._open = not self._beside
        elif name == "rPh":
            self._beside = True

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "t":
            self._open = False
        elif name == "rPh":
            self._beside = False

    def add(self, text: str) -> None:
        """Characters; what is beyond the limit is dropped, one character tells that it was."""
        if self._open and self._length <= MOST_CHARACTERS:
            self._parts.append(text[: MOST_CHARACTERS + 1])
            self._length += len(text)

    def take(self) -> str:
        """The text gathered since the last taking."""
        text = "".join(self._parts)[: MOST_CHARACTERS + 1]
        self._parts.clear()
        self._length = 0
        return plain(text)


def plain(text: str) -> str:
    """A text without Excel's own escapes (_x000D_)."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def dated_styles(package: zipfile.ZipFile, part: str) -> frozenset[int]:
    """The cell formats that show a number as a date."""
    if not part:
        return frozenset()
    own: dict[str, str] = {}
    formats: list[str] = []
    place = ""
    for name, each in elements(package, part):
        if name == "numFmt":
            own[each.get("numFmtId", "")] = each.get("formatCode", "")
        elif name in {"cellXfs", "cellStyleXfs", "cellStyles"}:
            place = name
        elif name == "xf" and place == "cellXfs":
            formats.append(each.get("numFmtId", "0"))
    return frozenset(n for n, found in enumerate(formats) if _shows_a_date(found, own))


def _shows_a_date(number_format: str, own: dict[str, str]) -> bool:
    if number_format in own:
        return bool(_OF_A_DATE.search(_LITERAL.sub("", own[number_format].split(";")[0])))
    return number_format.isdigit() and int(number_format) in _DATES_BUILT_IN


def number(text: str, dated: bool, from_1904: bool) -> str:
    """A number as people write it, a date as YYYY-MM-DD; a moment within a day stays a number."""
    try:
        value = float(text)
    except ValueError:
        return FaultyCell("error_cell")
    if not isfinite(value):
        return FaultyCell("error_cell")
    if not value.is_integer():
        return NumberCell(value)
    whole = int(value)
    day = whole + (_DAYS_TO_1904 if from_1904 else 0)
    if dated and _FIRST_TRUE_DAY <= day <= _LAST_DAY:
        return NumberCell((_DAY_0 + timedelta(days=day)).isoformat())
    return NumberCell(whole if abs(whole) < _EXACT else value)

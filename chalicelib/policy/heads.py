"""The head tables of a place's folder: [place] and, in each programme's, [programme]."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chalicelib.rules.moves import Shape

from .files import Content
from .units.names import LANGUAGES, named
from .units.scalars import is_text

HEAD = ("place", "programme", "shape", "name")
"""What a document says of itself, and heads say in the files."""

_PLACE = ("code", "name")
_PROGRAMME = ("code", "shape", "name")


def place_faults(files: Iterable[Content], folder: str, *, whole: bool) -> Iterator[str]:
    """What is wrong with a place's head; one may be absent where a file could not be read."""
    yield from _faults(files, folder, "place", _PLACE, whole)


def programme_faults(files: Iterable[Content], folder: str, *, whole: bool) -> Iterator[str]:
    """What is wrong with a programme's head, whose code is its folder's name."""
    yield from _faults(files, folder, "programme", _PROGRAMME, whole)
    for head in _heads(files, "programme"):
        shape, code = head.get("shape"), head.get("code")
        if shape not in list(Shape):
            yield f"{folder}: [programme] shape: is {shape!r}, needs one of {', '.join(Shape)}"
        if is_text(code) and code != folder:
            yield f"{folder}: [programme] code: is {code!r}; a programme's folder bears its code"


def _faults(
    files: Iterable[Content], folder: str, table: str, known: tuple[str, ...], whole: bool
) -> Iterator[str]:
    found = _heads(files, table)
    if len(found) > 1:
        yield f"{folder}: {len(found)} files have a [{table}] table; keep one"
    if not found and whole:
        yield f"{folder}: no file has a [{table}] table"
    for head in found:
        for key in sorted(head.keys() - set(known)):
            yield f"{folder}: [{table}] {key}: is unknown; known are {', '.join(known)}"
        if not is_text(head.get("code")):
            yield f"{folder}: [{table}] code: is missing; it names the {table} in every file"
        if not named(head.get("name")):
            yield f"{folder}: [{table}] name: needs a name in {' and in '.join(LANGUAGES)}"


def _heads(files: Iterable[Content], table: str) -> list[Mapping[str, Any]]:
    return [file[table] for file in files if isinstance(file.get(table), dict)]

"""A place's folder (policies/<place>/) as the documents of its programmes.

Files beside each other hold what the programmes share; each folder but cases/ is a programme.
A file may say at its top `from` which day on its values hold that name no day of their own.
A folder with a fault is refused whole, with every fault of every file.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from .check import faults
from .document import Document, FaultyPolicy
from .files import SHARED, Content, Contents, contents, programme_folders
from .words import LIST_UNIT

_NAMES = "names"
_FROM = "from"
_Found = dict[str, tuple[str, Any]]


def read_place(folder: Path) -> dict[str, Document]:
    """Every programme's document by code; FaultyPolicy with every fault, nothing half."""
    found: list[str] = []
    made = _made(contents(folder, programme_folders(folder), found), folder.name, found)
    for document, origins in made:
        found.extend(_located(document, origins))
    if not made:
        found.append(f"{folder}: no programme's folder in it")
    if found:
        raise FaultyPolicy(tuple(dict.fromkeys(found)))
    return {str(document["programme"]): document for document, _ in made}


def read(folder: Path) -> Document:
    """The document of one programme's folder, with what its place shares; FaultyPolicy."""
    found: list[str] = []
    made = _made(contents(folder.parent, [folder], found), folder.parent.name, found)
    for document, origins in made:
        found.extend(_located(document, origins))
    if found:
        raise FaultyPolicy(tuple(dict.fromkeys(found)))
    return made[0][0]


def assembled(read: Contents) -> dict[str, Document]:
    """The documents that contents make together, unchecked: for trying out a change of a figure."""
    return {str(document["programme"]): document for document, _ in _made(read, "", [])}


def _made(read: Contents, place: str, found: list[str]) -> list[tuple[Document, Mapping[str, str]]]:
    """Each programme's document, with the file every parameter stands in."""
    head, shared = _tables(place, read[SHARED], "place", found)
    return [_programme(name, read[name], head, shared, found) for name in read if name != SHARED]


def _programme(
    folder: str,
    files: Mapping[str, Content],
    place: Mapping[str, Any],
    shared: _Found,
    found: list[str],
) -> tuple[Document, Mapping[str, str]]:
    head, own = _tables(folder, files, "programme", found)
    for name in sorted(own.keys() & shared.keys()):
        found.append(f"{own[name][0]}: {name} stands in {shared[name][0]} too; keep it once")
    used = {name: shared[name] for name in _used(own, shared)}
    together = {**used, **own}
    document = {
        "place": place.get("code"),
        "programme": head.get("code"),
        "shape": head.get("shape"),
        "name": head.get("name"),
        "parameters": {name: table for name, (_, table) in together.items()},
    }
    return document, {name: file for name, (file, _) in together.items()}


def _used(own: _Found, shared: _Found) -> Iterator[str]:
    """What a programme takes of its place: all names, the lists it mentions, the holidays."""
    mentioned = set(_texts([table for _, table in own.values()]))
    for name, (_, table) in shared.items():
        unit = table.get("unit") if isinstance(table, dict) else None
        if (
            unit == _NAMES
            or name in mentioned
            or unit not in {LIST_UNIT, "holidays"}
            or (unit == "holidays" and any("working-day" in text for text in mentioned))
        ):
            yield name


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _tables(
    folder: str, files: Mapping[str, Content], head_name: str, found: list[str]
) -> tuple[Mapping[str, Any], _Found]:
    """The head's table and every parameter of a folder's files with the file it stands in."""
    head: Mapping[str, Any] = {}
    tables: _Found = {}
    for file, content in files.items():
        where = f"{folder}/{file}"
        head = content.get(head_name, head)
        for name, table in content.items():
            if name in (head_name, _FROM):
                continue
            if name in tables:
                found.append(f"{where}: {name} stands in {tables[name][0]} too; keep it once")
            tables[name] = (where, _started(table, content.get(_FROM)))
    if not head:
        found.append(f"{folder}: no file has a [{head_name}] table")
    return head, tables


def _started(table: Any, start: str | None) -> Any:
    """The parameter with its file's day in every value that names none."""
    values = table.get("values") if isinstance(table, dict) else None
    if start is None or not isinstance(values, list):
        return table
    dated = [{_FROM: start, **each} if isinstance(each, dict) else each for each in values]
    return {**table, "values": dated}


def _located(document: Document, origins: Mapping[str, str]) -> Iterable[str]:
    """The document's faults, each with the file it stands in."""
    for fault in faults(document):
        name = fault.split(":", 1)[0]
        yield f"{origins.get(name, document['programme'] or '?')}: {fault}"

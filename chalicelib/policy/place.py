"""A place's folder (policies/<place>/) as the documents of its programmes.

Files beside each other hold what the programmes share; each folder but cases/ is a programme.
A file may say at its top `from` which day on its values hold that name no day of their own.
A folder with a fault is refused whole, with every fault of every file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import heads, together
from .check import FaultyPolicy, faults
from .document import Document
from .files import SHARED, Content, Contents, Torn, contents, programme_folders
from .words import LIST_UNIT

_NAMES = "names"
_FROM = "from"
_Found = dict[str, tuple[str, Any]]


@dataclass(frozen=True)
class _Made:
    """A programme's document, and every table of its own and of its place with its file."""

    document: Document
    tables: _Found


def read_place(folder: Path) -> dict[str, Document]:
    """Every programme's document by code; FaultyPolicy with every fault, nothing half."""
    folders = programme_folders(folder)
    sound = _sound(folder, folders, [] if folders else [f"{folder}: no programme's folder"])
    made = {str(each.document["programme"]): each for each in sound}
    documents = {name: each.document for name, each in made.items()}
    if at_odds := together.faults(documents):
        raise FaultyPolicy(
            tuple(
                f"{made[programme].tables[name][0]}: {name}: {fault}"
                for programme, name, fault in at_odds
            )
        )
    return documents


def read(folder: Path) -> Document:
    """The document of one programme's folder, with what its place shares; FaultyPolicy."""
    return _sound(folder.parent, [folder], [])[0].document


def _sound(place: Path, folders: list[Path], found: list[str]) -> list[_Made]:
    """What is made of these folders of a place, or FaultyPolicy with every fault of them all."""
    torn: list[Torn] = []
    read = contents(place, folders, torn)
    found += [file.fault for file in torn]
    unread = {file.folder for file in torn}
    made = _made(read, place.name, found)
    found += heads.place_faults(read[SHARED].values(), place.name, whole=SHARED not in unread)
    for folder, each in zip(folders, made, strict=True):
        whole = folder.name not in unread
        found += heads.programme_faults(read[folder.name].values(), folder.name, whole=whole)
        # What the place shares may stand in a file that cannot be read: mend that one first.
        if SHARED not in unread:
            found += _located(each, folder.name, whole)
    if found:
        raise FaultyPolicy(tuple(dict.fromkeys(found)))
    return made


def assembled(read: Contents) -> dict[str, Document]:
    """The documents that contents make together, unchecked: for trying out a change of a figure."""
    made = _made(read, "", [])
    return {str(each.document["programme"]): each.document for each in made}


def _made(read: Contents, place: str, found: list[str]) -> list[_Made]:
    """Each programme's document, with the file every parameter stands in."""
    head, shared = _tables(place, read[SHARED], "place", found)
    return [_programme(name, read[name], head, shared, found) for name in read if name != SHARED]


def _programme(
    folder: str,
    files: Mapping[str, Content],
    place: Mapping[str, Any],
    shared: _Found,
    found: list[str],
) -> _Made:
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
    return _Made(document, shared | own)


def _used(own: _Found, shared: _Found) -> Iterator[str]:
    """What a programme takes of its place: all names, the lists it mentions, the holidays."""
    mentioned = set(_texts([table for _, table in own.values()]))
    for name, (_, table) in shared.items():
        unit = table.get("unit") if isinstance(table, dict) else None
        if (
            unit == _NAMES
            or name in mentioned
            or unit not in (LIST_UNIT, "holidays")
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
    return head if isinstance(head, dict) else {}, tables


def _started(table: Any, start: str | None) -> Any:
    """The parameter with its file's day in every value that names none."""
    values = table.get("values") if isinstance(table, dict) else None
    if start is None or not isinstance(values, list):
        return table
    dated = [{_FROM: start, **each} if isinstance(each, dict) else each for each in values]
    return {**table, "values": dated}


def _located(made: _Made, folder: str, whole: bool) -> Iterator[str]:
    """The document's faults, each with the file it stands in.

    Lists that it does not mention are checked with it: it may have misspelt one.
    """
    parameters = {name: table for name, (_, table) in made.tables.items()}
    for fault in faults(made.document | {"parameters": parameters}, whole):
        name = fault.split(":", 1)[0]
        if name not in heads.HEAD:
            yield f"{made.tables[name][0] if name in made.tables else folder}: {fault}"

"""The figures of a place's folder, and those that no case pins.

A figure is a number or a date: in a value, in a condition, or the day a value begins. Moved by
one unit up, and down, it must make a case come out otherwise; else it decides nothing that
anybody looks at.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from chalicelib.policy import Policy
from chalicelib.policy.files import Content, contents, programme_folders
from chalicelib.policy.place import assembled
from chalicelib.policy.units.scalars import is_date

from .case import Case
from .run import run

_WORDS = frozenset({"source", "sample", "corrected", "unit", "governed_by"})
_A_DAY = timedelta(days=1)
_Asking = tuple[Case, Mapping[str, set[str]]]
_Folders = Mapping[str, Mapping[str, Content]]


@dataclass(frozen=True)
class Figure:
    """One number or date, by its folder, its file and the keys that lead to it."""

    folder: str
    file: str
    keys: tuple[str | int, ...]
    value: int | str

    @property
    def where(self) -> str:
        """The file, the way to the figure with numbers from 1, and what it is."""
        way = ".".join(str(key + 1 if isinstance(key, int) else key) for key in self.keys)
        file = f"{self.folder}/{self.file}" if self.folder else self.file
        return f"{file}: {way} = {self.value}"

    def moved(self, units: int) -> int | str:
        """The figure so many units further: days of a date, else ones."""
        if isinstance(self.value, int):
            return self.value + units
        return (date.fromisoformat(self.value) + units * _A_DAY).isoformat()


@dataclass(frozen=True)
class Unpinned:
    """A figure that may become `moved` without any case coming out otherwise."""

    figure: Figure
    moved: int | str

    @property
    def told(self) -> str:
        """The figure, and what no case notices."""
        return f"{self.figure.where}: no case comes out otherwise with {self.moved}"


class _Read(dict[str, Any]):
    """Parameters that keep which of them were asked for."""

    def __init__(self, parameters: Mapping[str, Any], asked: set[str]) -> None:
        super().__init__(parameters)
        self._asked = asked

    def get(self, name: str, default: Any = None) -> Any:
        """The parameter, kept as asked for."""
        self._asked.add(name)
        return super().get(name, default)

    def __getitem__(self, name: str) -> Any:
        self._asked.add(name)
        return super().__getitem__(name)


def figures(read: _Folders) -> tuple[Figure, ...]:
    """Every figure of a place's files, in the order they stand there."""
    return tuple(
        Figure(folder, file, keys, value)
        for folder, files in read.items()
        for file, content in files.items()
        for keys, value in _figures(content, ())
    )


def unpinned(place: Path, cases: Sequence[Case]) -> tuple[Unpinned, ...]:
    """The figures of a place's sound folder that none of its cases pins."""
    read = contents(place, programme_folders(place), [])
    asking = _asking(assembled(read), cases)
    return tuple(
        Unpinned(figure, figure.moved(units))
        for figure in figures(read)
        for units in (1, -1)
        if not _noticed(_with(read, figure, figure.moved(units)), _concerned(read, figure, asking))
    )


def _figures(value: Any, keys: tuple[str | int, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _WORDS:
                yield from _figures(inner, (*keys, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _figures(inner, (*keys, number))
    elif (isinstance(value, int) and not isinstance(value, bool)) or is_date(value):
        yield keys, value


def _asking(documents: Mapping[str, Any], cases: Iterable[Case]) -> list[_Asking]:
    """Each case that holds with the parameters it asks for; who asks for few comes first."""
    told: list[_Asking] = []
    for case in cases:
        asked: dict[str, set[str]] = {programme: set() for programme in documents}
        (verdict,) = run(_compiled(documents, asked), [case])
        if verdict.holds:
            told.append((case, asked))
    return sorted(told, key=lambda one: sum(map(len, one[1].values())))


def _compiled(
    documents: Mapping[str, Any], asked: Mapping[str, set[str]] | None = None
) -> dict[str, Policy]:
    policies = {}
    for programme, document in documents.items():
        if asked is not None:
            parameters = _Read(document["parameters"], asked[programme])
            document = {**document, "parameters": parameters}
        policies[programme] = Policy.of("", document)
    return policies


def _concerned(read: _Folders, figure: Figure, asking: Iterable[_Asking]) -> Iterator[Case]:
    """The cases that ask for what the figure is part of; its file's own day is part of all."""
    names = {figure.keys[0]}
    if len(figure.keys) == 1:
        names = set(read[figure.folder][figure.file])
    for case, asked in asking:
        if any(not names.isdisjoint(each) for each in asked.values()):
            yield case


def _with(read: _Folders, figure: Figure, value: int | str) -> dict[str, Policy]:
    """The place's programmes with that figure moved, whatever a check would say."""
    files = read[figure.folder]
    content = _put(files[figure.file], figure.keys, value)
    changed = {**read, figure.folder: {**files, figure.file: content}}
    return _compiled(assembled(changed))


def _put(inside: Any, keys: tuple[str | int, ...], value: int | str) -> Any:
    """A copy with one thing changed; what does not lead there is shared."""
    if not keys:
        return value
    key, *rest = keys
    changed = inside.copy()
    changed[key] = _put(inside[key], tuple(rest), value)
    return changed


def _noticed(policies: Mapping[str, Policy], cases: Iterable[Case]) -> bool:
    """Whether a case comes out otherwise; one that breaks says nothing."""
    return any(_differs(policies, case) for case in cases)


def _differs(policies: Mapping[str, Policy], case: Case) -> bool:
    try:
        (verdict,) = run(policies, [case])
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return False
    return verdict.computed and not verdict.holds

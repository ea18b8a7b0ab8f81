"""What differs between two documents of a programme, and which of it would change the past.

A value counts by the day it starts. A version that takes effect on a day may bring, change and
drop the values that start on that day or later. Every value that starts earlier stays as the
version before has it, unless the new one corrects it: `corrected = { on = DATE, why = "…" }`, `on`
from the day of the proposal to the day of effect. What has no day of its own (a parameter's unit,
the event that governs it) may change only together with a correction of every earlier value of the
parameter. The shape never changes: another shape is another programme. Names, sources and the mark
of a sample decide nothing and may be mended at any time. Names and lists that a place shares, and
its holidays, come and go whole with the lines that speak of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .words import LIST_UNIT

_Document = Mapping[str, Any]
_HEAD = ("place", "shape", "name")
_SPOKEN_OF = frozenset({"names", LIST_UNIT})
_MENDABLE = frozenset({"source", "sample"})


@dataclass(frozen=True)
class Change:
    """One thing that stands otherwise in the second of two documents than in the first.

    `parameter` is "" for what the programme says of itself. `key` is "value" for a dated value,
    which starts on the day `since` and whose whole entries are `before` and `after`; else it is
    the word that differs, and `since` is "". What is absent is None.
    """

    parameter: str
    key: str
    since: str
    before: Any
    after: Any

    @property
    def differing(self) -> frozenset[str]:
        """The keys in which a dated value's two entries differ; of one entry, all of them."""
        before, after = self.before or {}, self.after or {}
        keys = before.keys() | after.keys()
        return frozenset(key for key in keys if before.get(key) != after.get(key))


def changes(before: _Document, after: _Document) -> tuple[Change, ...]:
    """Everything that differs, by parameter and day; empty for documents that say the same."""
    return tuple(_changes(before, after))


def past_changes(
    before: _Document, after: _Document, effective_from: date, proposed_on: date
) -> tuple[Change, ...]:
    """The changes that a version taking effect on that day may not make to the one before it."""
    corrects = _Correction(effective_from.isoformat(), proposed_on.isoformat())
    return tuple(
        change
        for change in _changes(before, after)
        if _reaches_back(change, after, corrects.effective_from)
        and not _only_spoken_of(change, before, after)
        and not _corrected(change, after, corrects)
    )


def fault(change: Change) -> str:
    """A change as one names it to whoever must take it back: parameter, day, what happens."""
    if change.key != "value":
        where = f"{change.parameter}: " if change.parameter else ""
        return f"{where}{change.key} was {change.before!r}, is {change.after!r}"
    happens = "is new"
    if change.before is not None:
        happens = "is gone" if change.after is None else "differs"
    return f"{change.parameter}: the value from {change.since} {happens}"


@dataclass(frozen=True)
class _Correction:
    """What a correction of this proposal looks like: its date lies between the two."""

    effective_from: str
    proposed_on: str

    def made_in(self, value: Mapping[str, Any]) -> bool:
        """Whether a value carries it."""
        corrected = value.get("corrected")
        if not isinstance(corrected, Mapping) or not corrected.get("why"):
            return False
        return self.proposed_on <= str(corrected.get("on")) <= self.effective_from


def _reaches_back(change: Change, after: _Document, effective_from: str) -> bool:
    """Whether something that stands before the day of effect becomes otherwise."""
    if change.key == "value":
        return change.since < effective_from and not change.differing <= _MENDABLE
    if change.parameter:
        return bool(_earlier(after, change.parameter, effective_from))
    # A place came to be named only after the first documents were published.
    return change.key == "shape" or (change.key == "place" and change.before is not None)


def _only_spoken_of(change: Change, before: _Document, after: _Document) -> bool:
    """Whether a whole table of names, a list or the holidays was taken up or left out.

    The lines that speak of it are compared themselves; the holidays count wherever working days do.
    """
    sides = [each["parameters"] for each in (before, after)]
    has, lacks = sorted(sides, key=lambda side: change.parameter not in side)
    if change.key != "value" or change.parameter in lacks:
        return False
    unit = has[change.parameter]["unit"]
    return unit in _SPOKEN_OF or (unit == "holidays" and "working-day" not in str(lacks))


def _corrected(change: Change, after: _Document, corrects: _Correction) -> bool:
    if change.key == "value":
        return change.after is not None and corrects.made_in(change.after)
    earlier = _earlier(after, change.parameter, corrects.effective_from)
    return bool(earlier) and all(map(corrects.made_in, earlier))


def _earlier(document: _Document, parameter: str, day: str) -> list[Mapping[str, Any]]:
    values = document["parameters"].get(parameter, {"values": ()})["values"]
    return [value for value in values if value["from"] < day]


def _changes(before: _Document, after: _Document) -> Iterator[Change]:
    for key in _HEAD:
        if before.get(key) != after.get(key):
            yield Change("", key, "", before.get(key), after.get(key))
    old, new = before["parameters"], after["parameters"]
    for name in sorted(old.keys() | new.keys()):
        if name in old and name in new:
            yield from _undated(name, old[name], new[name])
        yield from _dated(name, old.get(name), new.get(name))


def _undated(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for key in sorted((old.keys() | new.keys()) - {"values"}):
        if old.get(key) != new.get(key):
            yield Change(name, key, "", old.get(key), new.get(key))


def _dated(
    name: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
) -> Iterator[Change]:
    was, is_ = _by_day(old), _by_day(new)
    for since in sorted(was.keys() | is_.keys()):
        if was.get(since) != is_.get(since):
            yield Change(name, "value", since, was.get(since), is_.get(since))


def _by_day(parameter: Mapping[str, Any] | None) -> dict[str, Mapping[str, Any]]:
    return {value["from"]: value for value in parameter["values"]} if parameter else {}

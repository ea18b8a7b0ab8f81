"""What is wrong with a policy's document: every fault names the key and the mend.

Here: each parameter by itself. What the sound ones say to each other stands in coherence.py.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from chalicelib.rules.moves import Shape

from . import coherence
from .document import Document
from .units import UNITS
from .units.names import LANGUAGES, named
from .units.scalars import EVENTS, is_date, is_text
from .vocabulary import DECLARED, NEEDED, OPTIONAL, PARAMETERS, Parameter
from .words import LIST_UNIT, unit_of, words_of

_ENTRY = {"from", "unit", "value", "repealed", "source", "sample", "corrected"}
_PARAMETER = {"unit", "governed_by", "values"}
_LIST = Parameter((LIST_UNIT,))


class FaultyPolicy(ValueError):
    """A policy that cannot be used, with every fault found in it."""

    def __init__(self, found: tuple[str, ...]) -> None:
        super().__init__("\n".join(found))
        self.faults = found


def checked(document: Document) -> Document:
    """The document itself, or FaultyPolicy with every fault."""
    if found := faults(document):
        raise FaultyPolicy(found)
    return document


def faults(document: Mapping[str, Any], whole: bool = True) -> tuple[str, ...]:
    """Every fault of the document, in its own order; empty where it can be used.

    Of one that is not `whole`, because a file could not be read, nothing is said to be missing.
    """
    return tuple(_faults(document, whole))


def _faults(document: Mapping[str, Any], whole: bool) -> Iterator[str]:
    yield from _head(document)
    parameters = document.get("parameters")
    if not isinstance(parameters, dict):
        yield "parameters: needs a table"
        return
    if document.get("shape") not in list(Shape):
        return
    shape = Shape(document["shape"])
    if whole:
        for name in sorted(NEEDED[shape] - parameters.keys()):
            yield f"{name}: is missing; a programme of shape {shape} needs it"
    readable = _readable(parameters)
    own = [
        (name, fault)
        for name in sorted(parameters)
        for fault in _shape_of(name, parameters[name], NEEDED[shape] | OPTIONAL[shape], shape)
    ]
    own += _values(readable)
    yield from (fault for _, fault in own)
    unsound = frozenset(name for name, _ in own)
    sound = {name: each for name, each in readable.items() if name not in unsound}
    lost = _lost(parameters, NEEDED[shape], whole)
    yield from coherence.faults(coherence.Sound(sound, readable, unsound, lost), shape)


def _lost(parameters: Mapping[str, Any], needed: frozenset[str], whole: bool) -> frozenset[str]:
    """The parameters whose absence says nothing: missing, in a file unread, perhaps misspelt."""
    if whole and all(name in PARAMETERS or _is_list(each) for name, each in parameters.items()):
        return needed - parameters.keys()
    return frozenset(PARAMETERS.keys() - parameters.keys())


def _is_list(parameter: Any) -> bool:
    return isinstance(parameter, dict) and parameter.get("unit") == LIST_UNIT


def _head(document: Mapping[str, Any]) -> Iterator[str]:
    for key in ("place", "programme"):
        if not is_text(document.get(key)):
            yield f"{key}: needs a code"
    if document.get("shape") not in list(Shape):
        yield f"shape: is {document.get('shape')!r}, needs one of {', '.join(Shape)}"
    if not named(document.get("name")):
        yield f"name: needs the programme's name in {' and in '.join(LANGUAGES)}"


def _readable(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters whose unit is one of theirs, with the values whose days can be read."""
    return {
        name: parameter
        | {"values": [entry for entry in parameter["values"] if _dated(entry, name)]}
        for name, parameter in parameters.items()
        if isinstance(parameter, dict)
        and isinstance(parameter.get("values"), list)
        and parameter.get("unit") in _expected(name).units
    }


def _dated(entry: Any, name: str) -> bool:
    if not isinstance(entry, dict) or not is_date(entry.get("from")):
        return False
    return "unit" not in entry or entry["unit"] in _expected(name).units


def _expected(name: str) -> Parameter:
    return PARAMETERS.get(name, _LIST)


def _shape_of(name: str, parameter: Any, known: frozenset[str], shape: Shape) -> Iterator[str]:
    """What is wrong with the parameter's dates, units and sources."""
    if not isinstance(parameter, dict) or not isinstance(parameter.get("values"), list):
        yield f"{name}: needs a unit and a list of values"
        return
    if name not in known and not (_is_list(parameter) and name not in PARAMETERS):
        yield f"{name}: is no parameter of the shape {shape}"
        return
    expected = _expected(name)
    if parameter.get("unit") not in expected.units:
        yield f"{name}: unit is {parameter.get('unit')!r}, needs {' or '.join(expected.units)}"
    yield from _governing(name, parameter, expected)
    for key in sorted(parameter.keys() - _PARAMETER):
        yield f"{name}: {key} is unknown; known are {', '.join(sorted(_PARAMETER))}"
    if not parameter["values"]:
        yield f"{name}: needs at least one value"
    before = ""
    for entry in parameter["values"]:
        start = entry.get("from") if isinstance(entry, dict) else None
        if start is None or not is_date(start):
            yield f"{name}: a value needs `from` as a date, its own or at the top of its file"
            continue
        if start <= before:
            yield f"{name}: the value from {start} does not start after the one before it"
        before = start
        for fault in _entry(entry, expected):
            yield f"{name}: the value from {start} {fault}"


def _governing(name: str, parameter: Mapping[str, Any], expected: Parameter) -> Iterator[str]:
    governed_by = parameter.get("governed_by")
    if expected.governed and governed_by not in list(EVENTS):
        known = ", ".join(sorted(EVENTS))
        yield f"{name}: governed_by is {governed_by!r}; say whose day governs, one of {known}"
    if not expected.governed and governed_by is not None:
        yield f"{name}: is read on the day of the act itself; leave governed_by out"


def _entry(entry: Mapping[str, Any], expected: Parameter) -> Iterator[str]:
    if "unit" in entry and entry["unit"] not in expected.units:
        yield f"is in {entry['unit']!r}; needs {' or '.join(expected.units)}"
    if not is_text(entry.get("source")):
        yield "names no source"
    if unknown := sorted(entry.keys() - _ENTRY):
        yield f"has an unknown key {unknown[0]}; known are {', '.join(sorted(_ENTRY))}"
    if ("value" in entry) == (entry.get("repealed") is True):
        yield "needs either a value or repealed = true"
    if not isinstance(entry.get("sample", True), bool):
        yield "has a sample that is not true or false"
    corrected = entry.get("corrected")
    if corrected is not None and not (
        isinstance(corrected, dict)
        and corrected.keys() == {"on", "why"}
        and is_date(corrected["on"])
        and is_text(corrected["why"])
    ):
        yield "has a correction without on, a date, and why"


def _values(parameters: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with each value, by parameter, with the words of its day and until its end."""
    turns = sorted(
        entry["from"]
        for name, each in parameters.items()
        if name in DECLARED or name not in PARAMETERS
        for entry in each["values"]
    )
    declared = cache(lambda day: words_of(parameters, day))
    for name in sorted(parameters):
        entries = parameters[name]["values"]
        ends = [*(entry["from"] for entry in entries[1:]), ""]
        for entry, end in zip(entries, ends, strict=False):
            if "value" not in entry:
                continue
            unit = UNITS[unit_of(parameters, name, entry)]
            start, told = entry["from"], set[str]()
            days = [day for day in turns if start < day and (not end or day < end)]
            for day in dict.fromkeys([start, *days]):
                for fault in unit.faults(entry["value"], declared(day)):
                    if fault not in told:
                        since = "" if day == start else f"from {day} on, "
                        yield name, f"{name}: the value from {start}: {since}{fault}"
                    told.add(fault)

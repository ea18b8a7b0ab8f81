"""What is wrong with a policy's document: every fault names the key and the mend."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from chalicelib.rules.moves import Shape

from .units import UNITS
from .units.scalars import EVENTS, is_date, is_text
from .vocabulary import ARITHMETIC, COVERING, NEEDED, OPTIONAL, PARAMETERS, Parameter
from .words import LIST_UNIT, entry_on, unit_of, value_on, words_of

_ENTRY = {"from", "unit", "value", "repealed", "source", "sample", "corrected"}
_PARAMETER = {"unit", "governed_by", "values"}
_LIST = Parameter((LIST_UNIT,))


def faults(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Every fault of the document, in its own order; empty where it can be used."""
    return tuple(_faults(document))


def _faults(document: Mapping[str, Any]) -> Iterator[str]:
    for key in ("place", "programme"):
        if not is_text(document.get(key)):
            yield f"{key}: needs a code"
    if document.get("shape") not in list(Shape):
        yield f"shape: is {document.get('shape')!r}, needs one of {', '.join(Shape)}"
        return
    parameters = document.get("parameters")
    if not isinstance(parameters, dict):
        yield "parameters: needs a table"
        return
    shape = Shape(document["shape"])
    for name in sorted(NEEDED[shape] - parameters.keys()):
        yield f"{name}: is missing; a programme of shape {shape} needs it"
    misshapen = False
    for name in sorted(parameters):
        for fault in _shape_of(name, parameters[name], NEEDED[shape] | OPTIONAL[shape], shape):
            misshapen = True
            yield fault
    if not misshapen:
        yield from _values(parameters)
        yield from _gaps(parameters)
        yield from _order(parameters)


def _shape_of(name: str, parameter: Any, known: frozenset[str], shape: Shape) -> Iterator[str]:
    """What is wrong with the parameter's dates, units and sources."""
    if not isinstance(parameter, dict) or not isinstance(parameter.get("values"), list):
        yield f"{name}: needs a unit and a list of values"
        return
    a_list = parameter.get("unit") == LIST_UNIT
    if name not in known and not (a_list and name not in PARAMETERS):
        yield f"{name}: is no parameter of the shape {shape}"
        return
    expected = _LIST if a_list else PARAMETERS[name]
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


def _values(parameters: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with each value, with the words that hold on its day and until its end."""
    for name in sorted(parameters):
        for entry in parameters[name]["values"]:
            if "value" in entry:
                unit = UNITS[unit_of(parameters, name, entry)]
                words = words_of(parameters, entry["from"])
                for fault in unit.faults(entry["value"], words):
                    yield f"{name}: the value from {entry['from']}: {fault}"


def _gaps(parameters: Mapping[str, Any]) -> Iterator[str]:
    """Days with a standard on which something that it needs has no value."""
    starts = sorted({entry["from"] for each in parameters.values() for entry in each["values"]})
    for name in COVERING:
        if name not in parameters:
            continue
        for start, following in zip(starts, [*starts[1:], ""], strict=True):
            if value_on(parameters, "standard", start) is None:
                continue
            if entry_on(parameters, name, start) is None:
                until = f" to {_day_before(following)}" if following else " on"
                yield f"{name}: has no value from {start}{until}, while there is a standard"
                break


def _day_before(start: str) -> str:
    return (date.fromisoformat(start) - timedelta(days=1)).isoformat()


def _order(parameters: Mapping[str, Any]) -> Iterator[str]:
    """Steps that the order forgets, or names without there being any."""
    for entry in parameters.get("order", {"values": ()})["values"]:
        if "value" not in entry or not isinstance(entry["value"], list):
            continue
        there = {*ARITHMETIC, "instalments"} & parameters.keys()
        where = f"order: the value from {entry['from']}:"
        for step in sorted(there - set(entry["value"])):
            yield f"{where} leaves out {step}, which this programme has; say where it comes"
        for step in entry["value"]:
            if step not in parameters:
                yield f"{where} names {step}, which this programme has not; leave it out"

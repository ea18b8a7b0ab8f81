"""The days that values cover: periods one after the other, no day without what it needs."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

from chalicelib.rules.moves import Shape

from .vocabulary import COVERING, NEEDED, PARAMETERS, WHILE_CLAIMED
from .words import entry_on, value_on

_Parameters = Mapping[str, Any]


def faults(parameters: _Parameters, shape: Shape, starts: Sequence[str]) -> Iterator[str]:
    """What is wrong with the days of sound parameters; `starts` are all days values begin on."""
    yield from _periods(parameters)
    yield from _validity(parameters)
    yield from _gaps(parameters, shape, starts)


def _periods(parameters: _Parameters) -> Iterator[str]:
    """Periods that overlap, end before they begin, leave a gap or bear one name twice."""
    entries = parameters.get("periods", {"values": ()})["values"]
    names: list[str] = []
    for entry, following in zip_longest(entries, entries[1:]):
        if "value" not in entry:
            continue
        start, name, ends = entry["from"], entry["value"]["name"], entry["value"]["expires_on"]
        where = f"periods: the value from {start}:"
        if ends <= start:
            yield f"{where} expires_on is {ends}; needs a day after {start}"
        if name in names[:-1]:
            yield f"{where} {name} is the name of an earlier period; give it its own"
        names.append(name)
        if following is None or following.get("value", {}).get("name") == name:
            continue
        then = following["from"]
        if "value" in following and ends > then:
            yield f"{where} overlaps the one from {then}; end it on {then}, where that one begins"
        elif ends < then:
            yield f"{where} ends on {ends}, the next begins on {then}; close the gap or repeal it"


def _validity(parameters: _Parameters) -> Iterator[str]:
    for entry in parameters.get("validity", {"values": ()})["values"]:
        until = entry.get("value", {}).get("until", entry["from"])
        if until < entry["from"]:
            yield f"validity: the value from {entry['from']}: until is {until}, before it begins"


def _gaps(parameters: _Parameters, shape: Shape, starts: Sequence[str]) -> Iterator[str]:
    """Days on which something has no value while something else needs it."""
    plain = {name for name in NEEDED[shape] if not PARAMETERS[name].governed} - WHILE_CLAIMED
    yield from _uncovered(parameters, [*COVERING], "standard", starts)
    yield from _uncovered(parameters, sorted(plain), "periods", starts)


def _uncovered(
    parameters: _Parameters, names: Sequence[str], while_: str, starts: Sequence[str]
) -> Iterator[str]:
    for name in names:
        if name not in parameters:
            continue
        for start, following in zip(starts, [*starts[1:], ""], strict=True):
            if value_on(parameters, while_, start) is None:
                continue
            if entry_on(parameters, name, start) is None:
                until = f" to {_day_before(following)}" if following else " on"
                what = "a standard" if while_ == "standard" else "a period"
                yield f"{name}: has no value from {start}{until}, while there is {what}"
                break


def _day_before(start: str) -> str:
    return (date.fromisoformat(start) - timedelta(days=1)).isoformat()

"""The words a programme's document declares: groups, levels, funds, districts, lists, holidays.

Asked for a day, because lists and names are dated like everything else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.rules.workdays import Holidays

LIST_UNIT = "occupation-list"


@dataclass(frozen=True)
class Words:
    """What is declared on one day."""

    groups: frozenset[str]
    levels: frozenset[int]
    funds: frozenset[str]
    districts: frozenset[str]
    kinds: frozenset[str]
    lists: Mapping[str, frozenset[str]]
    holidays: Mapping[str, Any]

    @property
    def announced(self) -> Holidays:
        """The holidays announced so far."""
        return Holidays.of(self.holidays)


def words_of(parameters: Mapping[str, Any], on: str) -> Words:
    """The words declared on that day, written YYYY-MM-DD; what is misshapen declares nothing."""
    return Words(
        groups=_names(parameters, "groups", on),
        levels=frozenset(int(level) for level in _names(parameters, "levels", on) if _rank(level)),
        funds=_names(parameters, "funds", on),
        districts=_names(parameters, "districts", on),
        kinds=_names(parameters, "kinds", on),
        lists={name: _names(parameters, name, on) for name in lists(parameters)},
        holidays=_holidays(parameters, on),
    )


def _holidays(parameters: Mapping[str, Any], on: str) -> dict[str, Any]:
    """Every year announced by that day; one that was announced again is the later one's."""
    announced: dict[str, Any] = {}
    for entry in parameters.get("holidays", {"values": ()})["values"]:
        value = entry.get("value")
        if entry["from"] <= on and isinstance(value, dict):
            announced |= value
    return announced


def lists(parameters: Mapping[str, Any]) -> Iterator[str]:
    """The names of the document's lists of occupations."""
    return (
        name
        for name, parameter in parameters.items()
        if isinstance(parameter, dict) and parameter.get("unit") == LIST_UNIT
    )


def value_on(parameters: Mapping[str, Any], name: str, on: str) -> Any:
    """The plain value of a parameter on a day, or None where it has none."""
    found = entry_on(parameters, name, on)
    return found and found.get("value")


def entry_on(parameters: Mapping[str, Any], name: str, on: str) -> Any:
    """The entry of a parameter that holds on a day, with its start and source, or None."""
    begun = None
    for entry in parameters.get(name, {"values": ()})["values"]:
        if entry["from"] <= on:
            begun = entry
    return None if begun is None or begun.get("repealed") else begun


def unit_of(parameters: Mapping[str, Any], name: str, entry: Mapping[str, Any]) -> str:
    """The unit of a parameter's value: its own where it has one, for units change with time."""
    return str(entry.get("unit", parameters[name]["unit"]))


def _names(parameters: Mapping[str, Any], name: str, on: str) -> frozenset[str]:
    told = value_on(parameters, name, on)
    return frozenset(filter(_is_word, told if isinstance(told, dict | list) else ()))


def _is_word(told: Any) -> bool:
    return isinstance(told, str)


def _rank(level: str) -> bool:
    return level.isascii() and level.isdigit()

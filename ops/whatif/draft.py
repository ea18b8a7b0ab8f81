"""A draft's documents as a replay asks for them: as of one day, their names, their next change."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from chalicelib.policy.words import LIST_UNIT, entry_on

_Document = Mapping[str, Any]
_ALWAYS, _LATEST = "0001-01-01", "9999-12-31"
_JUDGED = frozenset({"eligible", "proactive_groups"})
_FAMILIES = {"district": "districts", "group": "groups"}


def as_of(document: _Document, on: date) -> dict[str, Any]:
    """The document as though it had always ruled what it rules on that day."""
    parameters = {}
    for name, parameter in document["parameters"].items():
        entry = entry_on(document["parameters"], name, on.isoformat())
        if entry is not None:
            parameters[name] = {**parameter, "values": [{**entry, "from": _ALWAYS}]}
    return {**document, "parameters": parameters}


def next_change(documents: Iterable[_Document], after: date | None) -> str | None:
    """The first day after `after` on which a value that a replay asks for begins, or None."""
    days = [
        entry["from"]
        for document in documents
        for name, parameter in document["parameters"].items()
        if "governed_by" in parameter or name in _JUDGED or parameter["unit"] == LIST_UNIT
        for entry in parameter["values"]
        if after is not None and entry["from"] > after.isoformat()
    ]
    return min(days, default=None)


def names_in(documents: Iterable[_Document], language: str) -> Callable[[str, str], str]:
    """What the documents call a programme, a district or a group; its code without a name."""
    known: dict[tuple[str, str], str] = {}
    for document in documents:
        known["programme", document["programme"]] = (document["name"] or {}).get(language, "")
        for by, family in _FAMILIES.items():
            entry = entry_on(document["parameters"], family, _LATEST)
            for code, names in (entry["value"] if entry else {}).items():
                known[by, code] = names.get(language, "")
    return lambda by, code: known.get((by, code)) or code

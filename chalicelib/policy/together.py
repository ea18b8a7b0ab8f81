"""What is wrong with a place's programmes only together: what one says of another.

The documents are sound each by itself.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from .limits import COURSES

Documents = Mapping[str, Mapping[str, Any]]


Fault = tuple[str, str, str]
"""The programme and the parameter to mend, and what is wrong with it."""


def faults(documents: Documents) -> tuple[Fault, ...]:
    """Every such fault, by programme."""
    return tuple(fault for name in sorted(documents) for fault in _faults(name, documents))


def _faults(name: str, documents: Documents) -> Iterator[Fault]:
    for other in sorted(_said(documents[name], "not_eligible_for") - documents.keys()):
        known = ", ".join(sorted(documents.keys() - {name}))
        fault = f"names {other}, no programme of this place; known: {known}"
        yield name, "not_eligible_for", fault
    for fund in sorted(_said(documents[name], "excludes_funds")):
        for other in sorted(documents):
            parameters = documents[other]["parameters"]
            if fund in _said(documents[other], "fund") and COURSES.isdisjoint(parameters):
                yield (
                    name,
                    "excludes_funds",
                    f"names {fund}, from which {other} pays without keeping "
                    f"its courses; give {other} excludes_funds too, be its list empty",
                )


def _said(document: Mapping[str, Any], name: str) -> set[str]:
    """The words that a parameter's values name, on whatever day."""
    words: set[str] = set()
    for entry in document["parameters"].get(name, {"values": ()})["values"]:
        value = entry.get("value", ())
        for each in [value] if isinstance(value, str) else value:
            words.add(each if isinstance(each, str) else each[name])
    return words

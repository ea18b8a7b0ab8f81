"""What one programme's document says, value by value, in the words an officer reads.

Here: every dated value with its source and its marks. Not here: two documents; sentences.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .texts import Texts
from .wording import Wording

_Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Ruled:
    """One dated value: its day and the value itself, beneath it its lines, marks and source."""

    sentence: str
    details: tuple[str, ...]
    beside: str


@dataclass(frozen=True)
class Told:
    """A parameter by its name and its code, with its values by day."""

    heading: str
    ruled: tuple[Ruled, ...]


def contents(document: Mapping[str, Any], texts: Texts) -> Iterator[Told]:
    """Every parameter of a sound document in its own order, with everything it rules."""
    for name, parameter in document["parameters"].items():
        known = texts.parameters.get(name)
        words = Wording(texts, document, name, parameter["unit"])
        heading = f"{known} [{name}]" if known else name
        event = parameter.get("governed_by")
        if event is not None:
            heading = texts.say("governed", what=heading, event=texts.words.get(event, event))
        yield Told(heading, tuple(_ruled(entry, words) for entry in parameter["values"]))


def _ruled(entry: _Entry, words: Wording) -> Ruled:
    own, texts = replace(words, unit=entry.get("unit", words.unit)), words.texts
    beside = texts.sentences["then"].join(_beside(entry, texts))
    day, value = entry["from"], entry.get("value")
    if entry.get("repealed"):
        return Ruled(texts.say("rules_none", day=day), (), beside)
    lines = tuple(_lines(value, own))
    if lines:
        return Ruled(texts.say("rules_lines", day=day), lines, beside)
    return Ruled(texts.say("rules", day=day, told=own.value(value)), (), beside)


def _lines(value: Any, words: Wording) -> Iterator[str]:
    """Tables beneath a value, a line each; none where it is short enough to stand by its day."""
    say = words.texts.say
    if isinstance(value, list):
        for number, line in enumerate(value, 1):
            if isinstance(line, Mapping):
                yield say("rules_of", where=say("line", number=number), told=words.value(line))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(inner, Mapping):
                yield say("rules_of", where=words.key(key), told=words.value(inner, key))


def _beside(entry: _Entry, texts: Texts) -> Iterator[str]:
    if entry.get("sample"):
        yield texts.sentences["is_sample"]
    if corrected := entry.get("corrected"):
        yield texts.say("corrected", **corrected)
    yield texts.say("rules_of", where=texts.keys["source"], told=entry["source"])

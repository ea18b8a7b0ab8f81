"""What changed between two documents of a programme, in sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.policy.changes import Change, changes
from chalicelib.policy.words import entry_on

from .comparing import Difference, differences
from .texts import Texts
from .wording import Wording

_Document = Mapping[str, Any]
_Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """One change: what it is, a sentence, and beneath it what of the value differs."""

    change: Change
    sentence: str
    details: tuple[str, ...]


def sentences(before: _Document, after: _Document, texts: Texts) -> tuple[Told, ...]:
    """Every change of one document into another, by parameter and day."""
    return tuple(_told(change, before, after, texts) for change in changes(before, after))


def _told(change: Change, before: _Document, after: _Document, texts: Texts) -> Told:
    if change.key != "value":
        what = texts.keys.get(change.key, change.key)
        sides = (_plainly(side, texts) for side in (change.before, change.after))
        was, is_ = sides
        return Told(change, texts.say("head", what=what, before=was, after=is_), ())
    document = after if change.parameter in after["parameters"] else before
    unit = document["parameters"][change.parameter]["unit"]
    words = Wording(texts, document, change.parameter, unit)
    return _dated(change, before, after, words)


def _plainly(side: Any, texts: Texts) -> str:
    if isinstance(side, Mapping):
        return " / ".join(map(str, side.values()))
    return texts.sentences["nothing"] if side is None else texts.words.get(side, str(side))


def _dated(change: Change, before: _Document, after: _Document, words: Wording) -> Told:
    """A dated value: against what it replaces in place, else against what held until then."""
    if change.before is None:
        return _follows(change, _held(after, change), change.after, words)
    if change.after is None:
        return _dropped(change, change.before, _held(before, change), words)
    return _replaced(change, change.before, change.after, words)


def _held(document: _Document, change: Change) -> _Entry | None:
    """The entry that held until the day of the change; None for none."""
    days = [
        entry["from"]
        for entry in document["parameters"][change.parameter]["values"]
        if entry["from"] < change.since
    ]
    found: _Entry | None = entry_on(document["parameters"], change.parameter, max(days, default=""))
    return found


def _follows(change: Change, held: _Entry | None, new: _Entry, words: Wording) -> Told:
    if new.get("repealed"):
        sentence = "ends" if held else "ends_idle"
    else:
        sentence = "follows" if held else "begins"
    return _said(change, sentence, held, new, words)


def _dropped(change: Change, old: _Entry, held: _Entry | None, words: Wording) -> Told:
    if old.get("repealed"):
        sentence = "not_repealed" if held else "not_repealed_idle"
    else:
        sentence = "dropped" if held else "dropped_whole"
    return _said(change, sentence, old, held, words)


def _replaced(change: Change, before: _Entry, after: _Entry, words: Wording) -> Told:
    was, is_ = before.get("repealed"), after.get("repealed")
    if was and is_:
        sentence = "stays_repealed"
    elif is_:
        sentence = "repealed"
    elif was:
        sentence = "revived"
    else:
        alike = all(before.get(key) == after.get(key) for key in ("value", "unit"))
        sentence = "stays" if alike else "instead"
    told = _said(change, sentence, before, after, words)
    return Told(change, told.sentence, (*told.details, *_beside(before, after, words.texts)))


def _beside(before: _Entry, after: _Entry, texts: Texts) -> Iterator[str]:
    """What differs beside the value itself: source, mark of a sample, correction."""
    if before.get("source") != after.get("source"):
        what, sides = texts.keys["source"], (before["source"], after["source"])
        yield texts.say("head", what=what, before=sides[0], after=sides[1])
    if bool(before.get("sample")) != bool(after.get("sample")):
        yield texts.sentences["now_sample" if after.get("sample") else "no_sample"]
    if before.get("corrected") != after.get("corrected"):
        corrected = after.get("corrected")
        told = texts.say("corrected", **corrected) if corrected else None
        yield told or texts.sentences["not_corrected"]


def _said(
    change: Change, sentence: str, before: _Entry | None, after: _Entry | None, words: Wording
) -> Told:
    """The sentence; of values that are tables or lists, line by line what differs."""
    old, new = ((side or {}).get("value") for side in (before, after))
    if any(isinstance(side, dict | list) for side in (old, new)):
        details = () if sentence.startswith("not_repealed") else tuple(_details(old, new, words))
        return Told(change, words.texts.say(f"{sentence}_table", day=change.since), details)
    facts = {"old": _worded(before, words), "new": _worded(after, words)}
    return Told(change, words.texts.say(sentence, day=change.since, **facts), ())


def _worded(entry: _Entry | None, words: Wording) -> str:
    """An entry's value in its own unit: units change with time."""
    own = replace(words, unit=(entry or {}).get("unit", words.unit))
    return own.value((entry or {}).get("value"))


def _details(old: Any, new: Any, words: Wording) -> Iterator[str]:
    empty: dict[str, Any] | list[Any] = {} if isinstance(old or new, dict) else []
    found = list(differences(empty if old is None else old, empty if new is None else new))
    if not found and old != new:
        # An empty list where there was none: it rules that nothing does.
        found = [Difference("added", (), after=new)]
    return (_detail(each, words) for each in found)


def _detail(found: Difference, words: Wording) -> str:
    keys = tuple(step for step in found.path if isinstance(step, str))
    return words.texts.say(
        found.kind,
        where=words.path(found.path),
        before=words.value(found.before, *keys),
        after=words.value(found.after, *keys),
    )

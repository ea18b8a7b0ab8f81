"""What a case may say: its head, its situation, what it expects of whom it asks."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from chalicelib.rules.functions import Function
from chalicelib.rules.plain import Misshapen, typed
from chalicelib.rules.situation import Situation

from .asks import ANSWERS, ASKS
from .case import Case

NAMED = ("groups", "levels", "funds", "districts", "kinds")
"""The families of words that a place names."""

_SITUATION = frozenset(field.name for field in fields(Situation))
_NEEDED: Mapping[str, type] = {"name": str, "programme": str, "asks": str, "on": date}
_HEAD = frozenset({*_NEEDED, "act", "expect"})


def _one_of(known: Iterable[str]) -> Callable[[Any], bool]:
    return lambda told: told in list(known)


def case_of(where: str, table: Mapping[str, Any]) -> Case | tuple[str, ...]:
    """The case that the table states, or every fault of it."""
    found = (*_head_faults(table), *_expect_faults(table), *_act_faults(table))
    situation = {key: table[key] for key in table if key in _SITUATION}
    try:
        stated = typed(Situation, situation)
    except Misshapen as fault:
        return (*found, str(fault))
    if found:
        return found
    return Case(
        where=where,
        name=table["name"],
        programme=table["programme"],
        asks=table["asks"],
        on=table["on"],
        situation=stated,
        act=table.get("act", {}),
        expect=table["expect"],
    )


def _head_faults(table: Mapping[str, Any]) -> Iterator[str]:
    for key in sorted(table.keys() - _HEAD - _SITUATION):
        known = ", ".join(sorted({"rows", *_HEAD, *_SITUATION}))
        yield f"{key}: is unknown; known are {known}"
    for key, kind in _NEEDED.items():
        try:
            typed(kind, table[key])
        except KeyError:
            yield f"{key}: is missing"
        except Misshapen as fault:
            yield f"{key}{fault}"
    asks = table.get("asks")
    if isinstance(asks, str) and asks not in ASKS:
        yield f"asks: is {asks!r}, needs one of {', '.join(ASKS)}"


def _expect_faults(table: Mapping[str, Any]) -> Iterator[str]:
    """A case that expects nothing would hold whatever came."""
    expect = table.get("expect")
    if not isinstance(expect, dict) or not expect:
        yield 'expect: needs what must come, such as { outcome = "yes" }'
        return
    known = ANSWERS.get(str(table.get("asks")), ())
    if known and (strange := sorted(expect.keys() - set(known))):
        yield f"expect.{strange[0]}: is no answer to {table['asks']}; known are {', '.join(known)}"


def _act_faults(table: Mapping[str, Any]) -> Iterator[str]:
    act, asks = table.get("act"), table.get("asks")
    if asks not in _ACTS:
        if act is not None:
            yield f"act: is only for what asks {', '.join(_ACTS)}; leave it out"
        return
    for key, (fits, what) in _ACTS[str(asks)].items():
        if not isinstance(act, dict) or key not in act or not fits(act[key]):
            yield f"act.{key}: needs {what}"


_ACTS: Mapping[str, Mapping[str, tuple[Callable[[Any], bool], str]]] = {
    "function": {"function": (_one_of(Function), f"one of {', '.join(Function)}")},
    "word": {
        "of": (_one_of(NAMED), f"one of {', '.join(NAMED)}"),
        "word": (lambda told: isinstance(told, str), "a word, as a text"),
    },
    "workday": {"day": (lambda told: isinstance(told, date), "a date")},
}
"""What is asked beside the situation, by who asks: each key, what fits it, and what it needs."""

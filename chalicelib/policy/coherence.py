"""What parameters say to each other: the order, instalments, gates, funds, levels.

Asked of the parameters that are sound by themselves; of the others nothing is concluded but that
they are there. Every fault names the day and the mend.
Which days a value must cover stands in spans.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.rules.amount.parts import WHOLE
from chalicelib.rules.amount.rounding import ROUNDINGS
from chalicelib.rules.moves import Shape

from . import spans
from .levels import level_faults
from .reach import reach_faults
from .vocabulary import ARITHMETIC, PAYMENT_GATES
from .words import value_on

_Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class Sound:
    """The parameters that are sound by themselves, and what is unknown of a document's others.

    `readable` are those whose words can be read, sound or not; `unsound` stand there with a fault;
    `lost` are not there, which says nothing: they may be misspelt or yet to come.
    """

    parameters: _Parameters
    readable: _Parameters
    unsound: frozenset[str]
    lost: frozenset[str]

    def doubtful(self, *names: str) -> bool:
        """Whether one of these may say anything at all, so that nothing follows from it."""
        return not (self.unsound | self.lost).isdisjoint(names)


def faults(sound: Sound, shape: Shape) -> Iterator[str]:
    """Every fault between the sound parameters, each once with the first day it holds on."""
    parameters = sound.parameters
    starts = sorted({entry["from"] for each in parameters.values() for entry in each["values"]})
    yield from spans.faults(parameters, shape, starts)
    told = set[str]()
    for day in starts:
        for name, fault in _on(sound, day):
            if f"{name}{fault}" not in told:
                told.add(f"{name}{fault}")
                yield f"{name}: from {day} on, {fault}"


def _on(sound: Sound, day: str) -> Iterator[tuple[str, str]]:
    """What is wrong on one day, with the parameter to mend."""
    holding = {name: value_on(sound.parameters, name, day) for name in sound.parameters}
    values = {name: value for name, value in holding.items() if value is not None}
    yield from _order(sound, values)
    yield from _instalments(sound, values)
    if not sound.doubtful("instalments", "top_ups", "claw_back"):
        yield from _unasked(values)
    yield from _funds(values)
    yield from _batches(values)
    timed = "lesson_minutes" in values or sound.doubtful("lesson_minutes")
    if "least_hours" in values and not timed:
        yield "least_hours", "there is no lesson_minutes; say how long a lesson hour is"
    yield from level_faults(values)
    yield from reach_faults(sound.readable, values, day)


def _order(sound: Sound, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Steps the order forgets or names for nothing, or takes where they would lose their bounds."""
    order = values.get("order")
    if order is None:
        return
    there = sound.parameters.keys() | sound.unsound
    for step in sorted(({*ARITHMETIC, "instalments"} & there) - set(order)):
        yield "order", f"leaves out {step}, which this programme has; say where it comes"
    for step in order:
        if step not in there | sound.lost:
            yield "order", f"names {step}, which this programme has not; leave it out"
    rounded = order.index("rounding")
    if "top_ups" in order[rounded:]:
        for number, line in enumerate(values.get("top_ups", ()), 1):
            if "percent" in line:
                yield (
                    "top_ups",
                    f"line {number}: is a percentage taken after rounding; take it before",
                )
    if "caps" in order[:rounded] and _rises_by_yuan(values.get("rounding")):
        yield "order", f"rounds {values['rounding']} after caps, and so past them; take caps after"


def _rises_by_yuan(rounding: str | None) -> bool:
    """Whether the rounding can lift whole fen."""
    return rounding is not None and ROUNDINGS[rounding](50) > 50


def _instalments(sound: Sound, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Gates that an instalment needs but nobody asks for; claw-backs of no instalment."""
    asked = {name for name in PAYMENT_GATES & values.keys() if values[name] is not False}
    gates = sorted(asked | (PAYMENT_GATES & sound.unsound))
    names = {WHOLE}
    for number, line in enumerate(values.get("instalments", ()), 1):
        for part in line["parts"]:
            names.add(part["name"])
            for gate in part.get("needs", ()):
                if gate not in gates and not sound.doubtful(gate):
                    known = ", ".join(gates) or "none"
                    yield (
                        "instalments",
                        f"line {number}: {part['name']} needs {gate}, which this programme does "
                        f"not ask for then; it asks for {known}",
                    )
    for number, line in enumerate(values.get("claw_back", ()), 1):
        if line["of"] not in names and not sound.doubtful("instalments"):
            known = ", ".join(sorted(names))
            yield "claw_back", f"line {number}: of: is no instalment; known are {known}"
        if "closed" in line and line["closed"] not in gates and not sound.doubtful(line["closed"]):
            known = ", ".join(gates) or "none"
            yield (
                "claw_back",
                f"line {number}: closed: is no gate it asks then; it asks {known}",
            )


def _unasked(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Gates that keep nothing back: every part names those it needs, and none names them."""
    lines = values.get("instalments", ())
    parts = [part for line in lines for part in line["parts"]]
    whole = not any(line.keys() == {"parts"} for line in lines)
    if whole or "top_ups" in values or any("needs" not in part for part in parts):
        return
    named = {gate for part in parts for gate in part["needs"]}
    named |= {line.get("closed") for line in values.get("claw_back", ())}
    for gate in sorted((PAYMENT_GATES & values.keys()) - named):
        if values[gate] is not False:
            yield gate, "never counts, as no part of instalments needs it; name it where it does"


def _funds(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A fund has one line in a voucher's payment: it pays one payee, and one thing."""
    fund = values.get("fund", [])
    own = {fund} if isinstance(fund, str) else {line["fund"] for line in fund}
    payees: dict[str, str | None] = {}
    for number, line in enumerate(values.get("top_ups", ()), 1):
        name, payee = line["fund"], line.get("payee")
        if name in own:
            yield (
                "top_ups",
                f"line {number}: fund: {name} pays the amount itself; a top-up has its own fund",
            )
        if payees.setdefault(name, payee) != payee:
            yield (
                "top_ups",
                f"line {number}: payee: {name} pays another in a line before; a fund pays one "
                f"payee of a voucher, so give this line a fund of its own",
            )


def _batches(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Lines that serve nobody: a batch is asked for by the name of a group or a list."""
    for number, line in enumerate(values.get("proactive_groups", ()), 1):
        if line.keys().isdisjoint({"groups", "listed"}):
            yield (
                "proactive_groups",
                f"line {number}: names neither groups nor listed; a batch is for one of them",
            )

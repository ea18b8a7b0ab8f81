"""The unit of the subsidy standard (补贴标准): lines, each with one form of an amount."""

from collections.abc import Mapping
from typing import Any

from chalicelib.policy.words import Words
from chalicelib.rules.amount.forms import (
    Bound,
    ByKindAndLevel,
    ByLevel,
    Ceiling,
    Flat,
    Form,
    PerClass,
    ShareOfCost,
    Standard,
    Tier,
    Tiers,
)
from chalicelib.rules.condition import Line
from chalicelib.rules.lesson import Part

from .lines import condition_faults, each_line, read_lines
from .scalars import Faults, is_whole, unknown
from .sums import by_level, percent_faults, sum_faults, table_faults

OUTCOMES = ("passed", "employed")
"""What a class's outcome can be measured by."""

_FORMS = (
    *("fen", "fen_by_level", "fen_by_kind_and_level"),
    *("per_hour", "per_day", "percent_of_cost", "per_class"),
)
KEYS = frozenset({*_FORMS, "by", "at_most_fen", "at_most_fen_by_level"})


def _line(line: Mapping[str, Any], words: Words) -> Faults:
    yield from condition_faults(line, KEYS, words)
    forms = [form for form in _FORMS if form in line]
    if len(forms) != 1:
        yield f"has {len(forms)} forms of a standard; needs one of {', '.join(_FORMS)}"
        return
    yield from _form(forms[0], line, words)
    if "at_most_fen" in line:
        yield from sum_faults(line["at_most_fen"], "at_most_fen")
    if "at_most_fen_by_level" in line:
        yield from table_faults(line["at_most_fen_by_level"], "at_most_fen_by_level", words)


def _form(form: str, line: Mapping[str, Any], words: Words) -> Faults:
    value = line[form]
    if form == "fen":
        yield from sum_faults(value, form)
    elif form == "fen_by_level":
        yield from table_faults(value, form, words)
    elif form == "percent_of_cost":
        yield from percent_faults(value, form)
    elif form == "per_class":
        yield from _bounds(value, line.get("by"))
    elif form == "fen_by_kind_and_level":
        yield from _kinds(value, words)
    else:
        yield from _tiers(value, form)


def _kinds(value: Any, words: Words) -> Faults:
    where = "fen_by_kind_and_level"
    if not isinstance(value, dict) or not value:
        yield f"{where}: needs a table by kind and level"
        return
    for kind, table in value.items():
        if kind not in words.kinds:
            yield f"{where}: names {unknown(kind, 'kind', words.kinds)}"
        yield from table_faults(table, f"{where}.{kind}", words)


def _tiers(value: Any, form: str) -> Faults:
    if not isinstance(value, list) or not value or not all(isinstance(t, dict) for t in value):
        yield f"{form}: needs a list of tiers"
        return
    before = 0
    for number, tier in enumerate(value, 1):
        where, last = f"{form}: tier {number}", number == len(value)
        upper = tier.get("up_to")
        if upper is None and not last:
            yield f"{where}: needs up_to; only the last tier may be open"
        elif upper is not None and (not is_whole(upper) or upper <= before):
            yield f"{where}: up_to is {upper!r}; needs more than {before}"
        before = upper if is_whole(upper) else before
        for kind, fen in tier.items():
            if kind != "up_to":
                yield from sum_faults(fen, f"{where}: {kind}")
            if kind not in ("up_to", *Part):
                yield f"{where}: {kind} is no kind of hour; known are {', '.join(Part)}"


def _bounds(value: Any, by: Any) -> Faults:
    if by not in OUTCOMES:
        yield f"by: is {by!r}; needs one of {', '.join(OUTCOMES)}"
    if not isinstance(value, list) or not value or not all(isinstance(b, dict) for b in value):
        yield "per_class: needs a list of bounds"
        return
    above = 101
    for number, bound in enumerate(value, 1):
        where = f"per_class: bound {number}"
        if bound.keys() != {"at_least", "fen"}:
            yield f"{where}: needs at_least and fen"
            continue
        yield from percent_faults(bound["at_least"], f"{where}: at_least")
        yield from sum_faults(bound["fen"], f"{where}: fen")
        if is_whole(bound["at_least"]) and bound["at_least"] >= above:
            yield f"{where}: at_least is not below the bound before it; go from high to low"
        above = bound["at_least"] if is_whole(bound["at_least"]) else above


def _standard(line: Mapping[str, Any], words: Words) -> Standard:
    at_most = line.get("at_most_fen_by_level")
    ceiling = Ceiling(line.get("at_most_fen"), None if at_most is None else by_level(at_most))
    return Standard(form_of(line), ceiling)


def form_of(line: Mapping[str, Any]) -> Form:
    """The form that a sound line has."""
    if "fen" in line:
        return Flat(line["fen"])
    if "fen_by_level" in line:
        return ByLevel(by_level(line["fen_by_level"]))
    if "fen_by_kind_and_level" in line:
        tables = line["fen_by_kind_and_level"]
        return ByKindAndLevel({kind: by_level(table) for kind, table in tables.items()})
    if "percent_of_cost" in line:
        return ShareOfCost(line["percent_of_cost"])
    if "per_class" in line:
        bounds = tuple(Bound(each["at_least"], each["fen"]) for each in line["per_class"])
        return PerClass(line["by"], bounds)
    unit = "hours" if "per_hour" in line else "days"
    tiers = line["per_hour"] if "per_hour" in line else line["per_day"]
    return Tiers(unit, tuple(_tier(tier) for tier in tiers))


def _tier(tier: Mapping[str, Any]) -> Tier:
    prices = {kind: fen for kind, fen in tier.items() if kind != "up_to"}
    return Tier(tier.get("up_to"), prices)


def standard_faults(value: Any, words: Words) -> Faults:
    """The lines of a standard, or of old a plain table by level."""
    yield from each_line(value, words, _line)


def standard_of(value: Any, words: Words) -> tuple[Line[Standard], ...]:
    """The lines of a standard."""
    if isinstance(value, dict):
        # Documents published before there were lines: one table by level.
        value = [{"fen_by_level": value}]
    return read_lines(value, words, _standard)


UNITS: dict[str, tuple[Any, Any]] = {"standard": (standard_faults, standard_of)}

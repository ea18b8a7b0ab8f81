"""Units of the arithmetic after the standard: percentages, caps, fixed lines, top-ups, order."""

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.policy.words import Words
from chalicelib.rules.amount.caps import Caps
from chalicelib.rules.amount.forms import ByLevel, Flat
from chalicelib.rules.amount.steps import STEPS, Fixed, Stacked
from chalicelib.rules.condition import Condition, Line
from chalicelib.rules.shares import PAYEES, WHO_PAID

from .lines import condition_faults, each_line, read_lines
from .scalars import Faults, is_text, unknown
from .standard import form_of
from .sums import lines_unit, percent_faults, sum_faults, table_faults

PAYEE_WORDS = (*PAYEES, WHO_PAID)
_LAST = "instalments"
_AFTER_ROUNDING = frozenset({"caps", "fixed", "top_ups", _LAST})


def _percent_lines(most: int | None) -> Callable[[Any, Words], Faults]:
    def line_faults(line: Mapping[str, Any], words: Words) -> Faults:
        yield from condition_faults(line, frozenset({"percent"}), words)
        yield from percent_faults(line.get("percent"), "percent", most)

    return lambda value, words: each_line(value, words, line_faults)


def percents_of(value: Any, words: Words) -> tuple[Line[int], ...]:
    """Lines with a percentage."""
    if isinstance(value, dict):
        # Documents published before there were lines: one list of occupations.
        value = [value]
    return read_lines(value, words, lambda line, words: line["percent"])


CAPS = ("per_item_fen", "per_year_fen", "per_person_fen")


def _caps_line(line: Mapping[str, Any], words: Words) -> Faults:
    yield from condition_faults(line, frozenset(CAPS), words)
    if line.keys().isdisjoint(CAPS):
        yield f"needs one or more of {', '.join(CAPS)}"
    for key in CAPS:
        if key in line:
            yield from sum_faults(line[key], key)


def _caps(value: Any, words: Words) -> Faults:
    if isinstance(value, dict):
        # The same caps for everybody need no list.
        yield from _caps_line(value, words)
    else:
        yield from each_line(value, words, _caps_line)


def _caps_of(value: Any, words: Words) -> tuple[Line[Caps], ...]:
    lines = [value] if isinstance(value, dict) else value
    return read_lines(lines, words, lambda line, _: Caps(*map(line.get, CAPS)))


def _fixed_line(line: Mapping[str, Any], words: Words) -> Faults:
    yield from condition_faults(line, frozenset({"name", "fen", "cost", "at_most_fen"}), words)
    if not is_text(line.get("name")):
        yield "name: needs what the line is for"
    if ("fen" in line) == ("cost" in line):
        yield "needs either fen or cost"
    if "fen" in line and "at_most_fen" in line:
        yield "at_most_fen: is for a cost; leave it out beside fen"
    if "cost" in line and line["cost"] != "exam":
        yield f"cost: is {line['cost']!r}; needs exam"
    for key in ("fen", "at_most_fen"):
        if key in line:
            yield from sum_faults(line[key], key)


def _fixed_of(line: Mapping[str, Any], words: Words) -> Fixed:
    return Fixed(line["name"], line.get("fen"), line.get("at_most_fen"))


def _top_up_line(line: Mapping[str, Any], words: Words) -> Faults:
    keys = frozenset({"fund", "fen", "fen_by_level", "percent", "payee"})
    yield from condition_faults(line, keys, words)
    yield from _fund_word(line.get("fund"), "fund", words)
    if sum(key in line for key in ("fen", "fen_by_level", "percent")) != 1:
        yield "needs one of fen, fen_by_level, percent"
    if "fen" in line:
        yield from sum_faults(line["fen"], "fen")
    if "fen_by_level" in line:
        yield from table_faults(line["fen_by_level"], "fen_by_level", words)
    if "percent" in line:
        yield from percent_faults(line["percent"], "percent", None)
    if "payee" in line:
        yield from _payee_word(line["payee"], "payee", words)


def _top_up_of(line: Mapping[str, Any], words: Words) -> Stacked:
    percent = line.get("percent")
    form = None if percent is not None else form_of(line)
    assert form is None or isinstance(form, Flat | ByLevel)
    return Stacked(line["fund"], form, percent, line.get("payee"))


def _payee_word(value: Any, where: str, words: Words) -> Faults:
    if value not in PAYEE_WORDS:
        yield f"{where}: is {value!r}; needs one of {', '.join(PAYEE_WORDS)}"


def _fund_word(value: Any, where: str, words: Words) -> Faults:
    if not is_text(value) or value not in words.funds:
        yield f"{where}: is {unknown(value, 'fund', words.funds)}"


def _word_or_lines(
    key: str, word: Callable[[Any, str, Words], Faults]
) -> tuple[Callable[[Any, Words], Faults], Callable[[Any, Words], Any]]:
    """A unit of one word for everybody, or of lines that give one each."""

    def line_faults(line: Mapping[str, Any], words: Words) -> Faults:
        yield from condition_faults(line, frozenset({key}), words)
        yield from word(line.get(key), key, words)

    def faults(value: Any, words: Words) -> Faults:
        if isinstance(value, list):
            yield from each_line(value, words, line_faults)
        else:
            yield from word(value, "the word", words)

    def read(value: Any, words: Words) -> tuple[Line[str], ...]:
        if isinstance(value, str):
            return (Line(Condition({}), value),)
        return read_lines(value, words, lambda line, words: line[key])

    return faults, read


def _order(value: Any, words: Words) -> Faults:
    known = [*STEPS, _LAST]
    if not isinstance(value, list) or any(step not in known for step in value):
        yield f"is {value!r}; needs a list of {', '.join(known)}"
        return
    if doubled := sorted({step for step in value if value.count(step) > 1}):
        yield f"names {', '.join(doubled)} twice; each step is taken once"
    if value[:1] != ["standard"]:
        yield "needs to begin with standard"
    if _LAST in value and value[-1] != _LAST:
        yield f"needs {_LAST} at its end"
    if "rounding" not in value:
        yield "needs rounding, once"
        return
    late = [step for step in value[value.index("rounding") + 1 :] if step not in _AFTER_ROUNDING]
    if late:
        yield f"takes {', '.join(late)} after rounding, which could leave parts of a fen"


UNITS: dict[str, tuple[Any, Any]] = {
    "order": (_order, lambda value, words: tuple(value)),
    "uplift": (_percent_lines(None), percents_of),
    "ratio": (_percent_lines(100), percents_of),
    "mode-factor": (_percent_lines(100), percents_of),
    "caps": (_caps, _caps_of),
    "fixed": lines_unit(_fixed_line, _fixed_of),
    "top-ups": lines_unit(_top_up_line, _top_up_of),
    "payee": _word_or_lines("payee", _payee_word),
    "fund": _word_or_lines("fund", _fund_word),
}

"""Lines of conditions: what may stand in one, and the rules' condition of it."""

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.policy.words import Words
from chalicelib.rules.condition import WORDS, Condition, Line
from chalicelib.rules.lesson import Mode
from chalicelib.rules.principal import OrganisationKind
from chalicelib.rules.shares import PAYEES

from .scalars import Faults, is_text, is_whole, unknown

_Check = Callable[[Any, Words], str]
_SEXES = frozenset({"female", "male"})


def _among(known: Callable[[Words], frozenset[Any]], what: str) -> _Check:
    def fault(value: Any, words: Words) -> str:
        if not isinstance(value, list) or not value:
            return f"is {value!r}; needs a list of {what}"
        # A list and not a set: what a stranger's document holds need not be hashable.
        strange = [each for each in value if each not in list(known(words))]
        return f"names {unknown(strange[0], what, known(words))}" if strange else ""

    return fault


def _whole(value: Any, words: Words) -> str:
    return "" if is_whole(value) else f"is {value!r}; needs a whole number, 0 or more"


def _months_by_group(value: Any, words: Words) -> str:
    if not isinstance(value, dict) or not value or not all(map(is_whole, value.values())):
        return f"is {value!r}; needs a table of whole months by group"
    strange = [group for group in value if group not in words.groups]
    return f"names {unknown(strange[0], 'group', words.groups)}" if strange else ""


def _flag(value: Any, words: Words) -> str:
    return "" if isinstance(value, bool) else f"is {value!r}; needs true or false"


def _sex(value: Any, words: Words) -> str:
    known = isinstance(value, str) and value in _SEXES
    return "" if known else f"is {value!r}; needs one of {', '.join(sorted(_SEXES))}"


def _level(value: Any, words: Words) -> str:
    known = is_whole(value) and value in words.levels
    return "" if known else f"is {unknown(value, 'level', words.levels)}"


def _occupations(value: Any, words: Words) -> str:
    if isinstance(value, str):
        known = ", ".join(sorted(words.lists)) or "none"
        return "" if words.lists.get(value) else f"names no list that holds then; lists: {known}"
    named = isinstance(value, list) and value and all(map(is_text, value))
    return "" if named else f"is {value!r}; needs a list's name or occupations"


def _text(value: Any, words: Words) -> str:
    return "" if is_text(value) else f"is {value!r}; needs a name"


CHECKS: Mapping[str, _Check] = {
    "groups": _among(lambda words: words.groups, "group"),
    "joined_within_months": _months_by_group,
    "local": _flag,
    "age_at_least": _whole,
    "age_at_most": _whole,
    "sex": _sex,
    "insured": _flag,
    "insured_months_at_least": _whole,
    "employed": _flag,
    "listed": _text,
    "districts": _among(lambda words: words.districts, "district"),
    "occupations": _occupations,
    "levels": _among(lambda words: words.levels, "level"),
    "level_at_least": _level,
    "kinds": _among(lambda words: words.kinds, "kind"),
    "modes": _among(lambda words: frozenset(Mode), "mode"),
    "paid_by": _among(lambda words: frozenset(PAYEES), "payer"),
    "institution_kinds": _among(lambda words: frozenset(OrganisationKind), "kind of institution"),
}


def condition_faults(line: Mapping[str, Any], also: frozenset[str], words: Words) -> Faults:
    """What is wrong with a line's conditions; `also` are the other keys it may have."""
    for key, value in line.items():
        if key in CHECKS:
            if fault := CHECKS[key](value, words):
                yield f"{key}: {fault}"
        elif key not in also:
            known = ", ".join([*sorted(also), *CHECKS])
            yield f"{key}: is no word of such a line; known are {known}"
    yield from _nobody(line)


def _nobody(line: Mapping[str, Any]) -> Faults:
    """Conditions of one line that cannot hold together."""
    least, most = line.get("age_at_least", 0), line.get("age_at_most")
    if is_whole(least) and is_whole(most) and least > most:
        yield f"age_at_least: {least} is above age_at_most {most}; such a line means nobody"
    levels = line.get("levels")
    ranks = levels if isinstance(levels, list) and all(map(is_whole, levels)) else []
    lowest = line.get("level_at_least", 0)
    if ranks and lowest and is_whole(lowest) and min(ranks) > lowest:
        yield f"levels: none of them is {lowest} or higher; such a line means nobody"


def condition(line: Mapping[str, Any], words: Words) -> Condition:
    """The condition a sound line states, its words in the grammar's order."""
    return Condition({key: _wanted(key, line[key], words) for key in WORDS if key in line})


def _wanted(key: str, value: Any, words: Words) -> Any:
    if key == "occupations" and isinstance(value, str):
        return words.lists.get(value, frozenset())
    return frozenset(value) if isinstance(value, list) else value


def each_line(
    value: Any, words: Words, faults: Callable[[Mapping[str, Any], Words], Faults]
) -> Faults:
    """The faults of every line of a list, each with its number."""
    if not isinstance(value, list) or not value:
        yield "needs a list of lines; to end it write repealed = true instead of a value"
        return
    for number, line in enumerate(value, 1):
        if not isinstance(line, dict):
            yield f"line {number}: needs a table"
        else:
            for fault in faults(line, words):
                yield f"line {number}: {fault}"


def read_lines(
    value: Any, words: Words, read: Callable[[Mapping[str, Any], Words], Any]
) -> tuple[Line[Any], ...]:
    """The lines of a sound list."""
    return tuple(Line(condition(line, words), read(line, words)) for line in value)


def _nothing(line: Mapping[str, Any], words: Words) -> Faults:
    return condition_faults(line, frozenset(), words)


UNITS: dict[str, tuple[Any, Any]] = {
    "group-list": (
        lambda value, words: each_line(value, words, _nothing),
        lambda value, words: read_lines(value, words, lambda line, words: None),
    ),
}

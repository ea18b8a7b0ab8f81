"""Units of the functions of a voucher, its validity, and the shape of classes."""

from datetime import date
from typing import Any

from chalicelib.policy.words import Words
from chalicelib.rules.functions import Function
from chalicelib.rules.teaching import USUAL
from chalicelib.rules.validity import UNFINISHED, UNUSED, Validity

from .scalars import Faults, is_date, is_whole, one_of, texts, unknown

_ENDS = ("with_period", "months", "until")


def _functions(value: Any, words: Words) -> Faults:
    if not isinstance(value, list) or any(each not in list(Function) for each in value):
        yield f"is {value!r}; needs a list of {', '.join(Function)}"
    elif doubled := sorted({each for each in value if value.count(each) > 1}):
        yield f"names {', '.join(doubled)} twice; name each once"


def _validity(value: Any, words: Words) -> Faults:
    if not isinstance(value, dict) or not value or not value.keys() <= set(_ENDS):
        yield f"needs at least one of {', '.join(_ENDS)}, and nothing else"
        return
    if value.get("with_period", True) is not True:
        yield f"with_period: is {value['with_period']!r}; needs true, or leave it out"
    if not is_whole(value.get("months", 1)) or value.get("months", 1) < 1:
        yield f"months: is {value['months']!r}; needs a whole number, 1 or more"
    if not is_date(value.get("until", "2000-01-01")):
        yield f"until: is {value['until']!r}; needs a date"


def _validity_of(value: Any, words: Words) -> Validity:
    until = value.get("until")
    return Validity(
        with_period="with_period" in value,
        months=value.get("months"),
        until=date.fromisoformat(until) if until else None,
    )


def _hours(value: Any, words: Words) -> Faults:
    if not isinstance(value, dict) or not value:
        yield "needs a table of levels, each with its lesson hours"
        return
    for level, hours in value.items():
        if level not in {str(known) for known in words.levels}:
            yield f"names {unknown(level, 'level', words.levels)}"
        if not is_whole(hours):
            yield f"{level}: is {hours!r}; needs a whole number of lesson hours, 0 or more"


def _kinds(value: Any, words: Words) -> Faults:
    yield from texts(value, words)
    # A list and not a set: what a stranger's document holds need not be hashable.
    if isinstance(value, list) and (
        strange := [kind for kind in value if kind not in [*words.kinds, USUAL]]
    ):
        yield f"names {unknown(strange[0], 'kind', words.kinds)}"


UNITS: dict[str, tuple[Any, Any]] = {
    "functions": (_functions, lambda value, words: frozenset(map(Function, value))),
    "validity": (_validity, _validity_of),
    "expiry": (one_of(frozenset({UNUSED, UNFINISHED})), lambda value, words: value),
    "hours-by-level": (
        _hours,
        lambda value, words: {int(level): hours for level, hours in value.items()},
    ),
    "kinds": (_kinds, lambda value, words: frozenset(value)),
}

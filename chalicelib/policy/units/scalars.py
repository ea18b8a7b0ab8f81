"""Units of one whole number, one word, one flag or a list of words."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from chalicelib.policy.words import Words
from chalicelib.rules.amount.debts import AGAINST_PAID
from chalicelib.rules.amount.rounding import ROUNDINGS
from chalicelib.rules.eligibility import Claiming
from chalicelib.rules.situation import Event
from chalicelib.rules.workdays import DayUnit, Span

Faults = Iterator[str]

WHOLE_NUMBERS = ("voucher", "learner", "minute", "metre", "attempt")
_LONGEST = 3660


def is_whole(value: Any) -> bool:
    """Whether it is a whole number, not negative."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def unknown(told: Any, what: str, known: Iterable[Any]) -> str:
    """That a word, or a level, is none of those the place declares, and which it does."""
    words = ", ".join(map(str, sorted(known))) or "none"
    return f"{told!r}, which is no {what} of this place; known are {words}"


def is_text(value: Any) -> bool:
    """Whether it is a text with something in it."""
    return isinstance(value, str) and bool(value)


def is_date(value: Any) -> bool:
    """Whether it is a date written YYYY-MM-DD."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def whole(value: Any, words: Words) -> Faults:
    """A whole number, not negative."""
    if not is_whole(value):
        yield f"is {value!r}; needs a whole number, 0 or more"


def span(value: Any, words: Words) -> Faults:
    """So many days or months; no deadline lies beyond the calendar."""
    if not is_whole(value) or value > _LONGEST:
        yield f"is {value!r}; needs a whole number from 0 to {_LONGEST}"


def percent(value: Any, words: Words) -> Faults:
    """A share of a whole."""
    if not is_whole(value) or value > 100:
        yield f"is {value!r}; needs a whole percentage from 0 to 100"


def flag(value: Any, words: Words) -> Faults:
    """Yes or no."""
    if not isinstance(value, bool):
        yield f"is {value!r}; needs true or false"


def one_of(known: frozenset[str]) -> Callable[[Any, Words], Faults]:
    """One of a few words."""

    def faults(value: Any, words: Words) -> Faults:
        if not isinstance(value, str) or value not in known:
            yield f"is {value!r}; needs one of {', '.join(sorted(known))}"

    return faults


def texts(value: Any, words: Words) -> Faults:
    """A list of texts without a double."""
    if not isinstance(value, list) or not value or not all(map(is_text, value)):
        yield f"is {value!r}; needs a list of texts"
    elif doubled := sorted({text for text in value if value.count(text) > 1}):
        yield f"names {', '.join(doubled)} twice; name each once"


def programmes(value: Any, words: Words) -> Faults:
    """One programme, or a list of programmes."""
    yield from () if is_text(value) else texts(value, words)


def funds(value: Any, words: Words) -> Faults:
    """A list of funds that the place declares; an empty one excludes nothing."""
    yield from () if value == [] else texts(value, words)
    if isinstance(value, list):
        strange = [fund for fund in value if is_text(fund) and fund not in words.funds]
        if strange:
            yield f"names {unknown(strange[0], 'fund', words.funds)}"


def groups(value: Any, words: Words) -> Faults:
    """A list of groups that the place declares."""
    yield from texts(value, words)
    if isinstance(value, list):
        strange = [group for group in value if is_text(group) and group not in words.groups]
        if strange:
            yield f"names {unknown(strange[0], 'group', words.groups)}"


def as_it_is(value: Any, words: Words) -> Any:
    """The plain value itself."""
    return value


def _several(value: Any, words: Words) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _span(unit: DayUnit) -> Callable[[Any, Words], Span]:
    return lambda value, words: Span(value, unit)


EVENTS = frozenset(Event)

UNITS: dict[str, tuple[Any, Any]] = {
    **{unit: (whole, as_it_is) for unit in WHOLE_NUMBERS},
    **{unit.value: (span, _span(unit)) for unit in DayUnit},
    "month": (span, as_it_is),
    "percent": (percent, as_it_is),
    "flag": (flag, as_it_is),
    "event": (one_of(EVENTS), lambda value, words: Event(value)),
    "rounding": (one_of(frozenset(ROUNDINGS)), as_it_is),
    "claiming": (one_of(frozenset(Claiming)), lambda value, words: Claiming(value)),
    "offset": (one_of(frozenset({AGAINST_PAID, "none"})), as_it_is),
    "programme": (programmes, _several),
    "fund-list": (funds, as_it_is),
    "groups": (groups, lambda value, words: frozenset(value)),
    "occupation-list": (texts, _several),
}

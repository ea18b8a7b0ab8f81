"""Units of what a place declares: names in two languages, periods, holidays."""

from datetime import date
from typing import Any

from chalicelib.policy.words import Words
from chalicelib.rules.workdays import Holidays

from .scalars import Faults, as_it_is, is_date, is_text

LANGUAGES = ("zh-CN", "en")


def named(told: Any) -> bool:
    """Whether it is a name in both languages."""
    return isinstance(told, dict) and all(is_text(told.get(each)) for each in LANGUAGES)


def names(value: Any, words: Words) -> Faults:
    """Words, each with its name in both languages."""
    if not isinstance(value, dict) or not value:
        yield "needs a table of words, each with its names"
        return
    for word, told in value.items():
        if not named(told):
            yield f"{word}: needs a name in {' and in '.join(LANGUAGES)}"


def period(value: Any, words: Words) -> Faults:
    """A period's name and the first day on which its vouchers are void."""
    if not isinstance(value, dict) or not is_text(value.get("name")):
        yield "needs a name"
    elif not is_date(value.get("expires_on")):
        yield "needs expires_on, a date"


def holidays(value: Any, words: Words) -> Faults:
    """By year the days off and the weekend days that are worked."""
    if not isinstance(value, dict):
        yield "needs a table of years"
        return
    for year, announced in value.items():
        for which in ("off", "worked"):
            days = announced.get(which) if isinstance(announced, dict) else None
            if not isinstance(days, list) or not all(map(is_date, days)):
                yield f"{year}: needs {which}, a list of dates"
            elif strange := [day for day in days if day[:4] != str(year)]:
                yield f"{year}: {which} names {strange[0]}; name it under its own year"
            else:
                yield from _swaps(year, which, days)


def _swaps(year: str, which: str, days: list[str]) -> Faults:
    for day in days:
        if which == "worked" and date.fromisoformat(day).weekday() < 5:
            yield f"{year}: worked names {day}, a weekday; leave it out"


UNITS: dict[str, tuple[Any, Any]] = {
    "names": (names, as_it_is),
    "period": (period, as_it_is),
    "holidays": (holidays, lambda value, words: Holidays.of(value)),
}

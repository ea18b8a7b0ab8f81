"""Conditions of a policy's lines: whom and what a line means, on a day.

Each word is one test in one table; a line's conditions must all hold. Which words a policy may
use, and with which values, is checked by chalicelib.policy.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from . import calendar
from .situation import MissingInput, Situation, Spell, needed

_Value = TypeVar("_Value")
_Test = Callable[[Any, Situation, date], bool]


def _age(situation: Situation, on: date) -> int:
    born_on = needed(situation.person.born_on, "person.born_on")
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _groups(wanted: Any, situation: Situation, on: date) -> bool:
    return any(fact.name in wanted and fact.holds(on) for fact in situation.person.groups)


def _joined_within(wanted: Any, situation: Situation, on: date) -> bool:
    return any(
        fact.name in wanted
        and fact.holds(on)
        and on <= calendar.months_after(fact.since, wanted[fact.name])
        for fact in situation.person.groups
    )


def _local(wanted: Any, situation: Situation, on: date) -> bool:
    return bool(situation.person.local is wanted)


def _age_at_least(wanted: Any, situation: Situation, on: date) -> bool:
    return bool(_age(situation, on) >= wanted)


def _age_at_most(wanted: Any, situation: Situation, on: date) -> bool:
    return bool(_age(situation, on) <= wanted)


def _sex(wanted: Any, situation: Situation, on: date) -> bool:
    return bool(needed(situation.person.sex, "person.sex") == wanted)


def _insured(wanted: Any, situation: Situation, on: date) -> bool:
    return any(spell.holds(on) for spell in situation.person.insured) is wanted


def _insured_months(wanted: Any, situation: Situation, on: date) -> bool:
    spells = _joined(situation.person.insured, on)
    return bool(sum(calendar.months_within(*spell) for spell in spells) >= wanted)


def _joined(spells: Sequence[Spell], on: date) -> list[tuple[date, date]]:
    """The spells begun by that day, from and until when; what overlaps or adjoins is one."""
    joined: list[tuple[date, date]] = []
    for since, until in sorted((one.since, min(one.until or on, on)) for one in spells):
        if joined and since <= joined[-1][1] + timedelta(days=1):
            joined[-1] = joined[-1][0], max(joined[-1][1], until)
        elif since <= until:
            joined.append((since, until))
    return joined


def _employed(wanted: Any, situation: Situation, on: date) -> bool:
    return any(spell.holds(on) for spell in situation.person.employed) is wanted


def _listed(wanted: Any, situation: Situation, on: date) -> bool:
    return any(spell.name == wanted and spell.holds(on) for spell in situation.person.listed)


def _districts(wanted: Any, situation: Situation, on: date) -> bool:
    district = situation.district or situation.person.district
    return needed(district, "district") in wanted


def _occupations(wanted: Any, situation: Situation, on: date) -> bool:
    return situation.occupation in wanted


def _levels(wanted: Any, situation: Situation, on: date) -> bool:
    return situation.level in wanted


def _level_at_least(wanted: Any, situation: Situation, on: date) -> bool:
    # Level 1 (一级) is the highest.
    return bool(situation.level <= wanted)


def _kinds(wanted: Any, situation: Situation, on: date) -> bool:
    return situation.course.kind in wanted


def _modes(wanted: Any, situation: Situation, on: date) -> bool:
    return needed(situation.course.mode, "course.mode") in wanted


def _paid_by(wanted: Any, situation: Situation, on: date) -> bool:
    return needed(situation.fees.paid_by, "fees.paid_by") in wanted


def _institution_kinds(wanted: Any, situation: Situation, on: date) -> bool:
    return needed(situation.institution_kind, "institution_kind") in wanted


PERSONAL: Mapping[str, _Test] = {
    "groups": _groups,
    "joined_within_months": _joined_within,
    "local": _local,
    "age_at_least": _age_at_least,
    "age_at_most": _age_at_most,
    "sex": _sex,
    "insured": _insured,
    "insured_months_at_least": _insured_months,
    "employed": _employed,
    "listed": _listed,
    "districts": _districts,
}
"""Words about the person, judged on a day."""

OF_THE_COURSE: Mapping[str, _Test] = {
    "occupations": _occupations,
    "levels": _levels,
    "level_at_least": _level_at_least,
    "kinds": _kinds,
    "modes": _modes,
    "paid_by": _paid_by,
    "institution_kinds": _institution_kinds,
}
"""Words about what is learnt, where, and who paid."""

WORDS: Mapping[str, _Test] = {**PERSONAL, **OF_THE_COURSE}


@dataclass(frozen=True)
class Condition:
    """What must hold, word by word; empty, it always does."""

    wanted: Mapping[str, Any]

    def failing(self, situation: Situation, on: date) -> str | None:
        """The first word that does not hold on that day, or None.

        MissingInput only where everything else holds: the order of the words does not matter.
        """
        absent: MissingInput | None = None
        for word, wanted in self.wanted.items():
            try:
                if not WORDS[word](wanted, situation, on):
                    return word
            except MissingInput as missing:
                absent = absent or missing
        if absent:
            raise absent
        return None

    def means(self, situation: Situation, on: date) -> bool:
        """Whether everything holds on that day; MissingInput."""
        return self.failing(situation, on) is None


@dataclass(frozen=True)
class Line(Generic[_Value]):
    """One line of a list: what must hold, and what it then gives."""

    condition: Condition
    value: _Value


def first(lines: Sequence[Line[_Value]], situation: Situation, on: date) -> Line[_Value] | None:
    """The first line that holds: lists go from the special to the general."""
    return next((line for line in lines if line.condition.means(situation, on)), None)

"""Which facts a policy's own words can ask for: what is loaded, kept with a decision, and shown.

A fact is named by its path in the situation. Too many do no harm; one too few would change a
decision, so a law in the tests holds every word against it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from chalicelib.rules import plain
from chalicelib.rules.shares import WHO_PAID
from chalicelib.rules.situation import Event, Situation, Spell

from .vocabulary import DECLARED

_GROUPS, _LOCAL, _BORN = "person.groups", "person.local", "person.born_on"
_OCCUPATION, _LEVEL, _KIND = "course.occupation", "course.level", "course.kind"
_CLASS = "training_class"

CONDITIONS: Mapping[str, tuple[str, ...]] = {
    "groups": (_GROUPS,),
    "joined_within_months": (_GROUPS,),
    "local": (_LOCAL,),
    "age_at_least": (_BORN,),
    "age_at_most": (_BORN,),
    "sex": ("person.sex",),
    "insured": ("person.insured",),
    "insured_months_at_least": ("person.insured",),
    "employed": ("person.employed",),
    "listed": ("person.listed",),
    "districts": ("district", "person.district"),
    "occupations": (_OCCUPATION,),
    "levels": (_LEVEL,),
    "level_at_least": (_LEVEL,),
    "kinds": (_KIND,),
    "modes": ("course.mode",),
    "paid_by": ("fees.paid_by",),
    "institution_kinds": ("institution_kind",),
}
FORMS: Mapping[str, tuple[str, ...]] = {
    "fen_by_level": (_LEVEL,),
    "at_most_fen_by_level": (_LEVEL,),
    "fen_by_kind_and_level": (_KIND, _LEVEL),
    "per_hour": ("course.hours",),
    "per_day": ("course.days",),
    "percent_of_cost": ("fees.training_fen",),
    "per_class": (_CLASS,),
    "cost": ("fees.exam_fen",),
    "per_year_fen": ("earlier",),
    "per_person_fen": ("earlier",),
}
PARAMETERS: Mapping[str, tuple[str, ...]] = {
    # A trace names the group he counts under, whether a line asks for it or not.
    "eligible": (_GROUPS,),
    "ratio": (_GROUPS,),
    "mode_factor": ("course.mode",),
    "not_eligible_for": ("course.mode",),
    "instalments": ("paid",),
    "claw_back": ("paid", _CLASS),
    "offset": ("paid",),
    "result_needed": ("result.passed",),
    "certificate_needed": ("result.certificate_no",),
    "least_attendance": ("attendance", "events.class-end"),
    "rating_needed": ("events.rating",),
    "employed_within": ("person.employed",),
    "employed_for": ("person.employed",),
    "claim_deadline": ("events.certificate", "events.claim"),
    "public_notice": ("events.notice",),
}
_FORMER_STANDARD = "fen-by-level"
"""The unit of standards published before there were lines: a plain table by level."""

_WHILE_THEY_HOLD = frozenset({"groups", "employed", "listed"})

_WORDS: Mapping[str, tuple[str, ...]] = {
    WHO_PAID: ("fees.paid_by",),
    **{event.value: (f"events.{event}",) for event in Event},
}


def asked(parameters: Mapping[str, Any], among: Iterable[str]) -> frozenset[str]:
    """The paths that the named ones of a document's parameters can ask for on any day."""
    return frozenset(
        path
        for name in among
        if name in parameters and name not in DECLARED
        for path in _paths(name, parameters[name])
    )


def only(inputs: Mapping[str, Any], paths: Iterable[str]) -> dict[str, Any]:
    """Of a plain situation what stands at these paths."""
    kept: dict[str, Any] = {}
    for path in sorted(paths):
        head, _, tail = path.partition(".")
        if not tail and head in inputs:
            kept[head] = inputs[head]
        elif tail and tail in inputs.get(head, {}):
            kept.setdefault(head, {})[tail] = inputs[head][tail]
    return kept


def of_the_day(situation: Situation, paths: Iterable[str], on: date) -> dict[str, Any]:
    """What stands at these paths, plain, and of a person's facts only those that hold that day."""
    kept: dict[str, Any] = {}
    for path in paths:
        head, _, tail = path.partition(".")
        value = getattr(situation, head)
        if tail:
            value = value.get(tail) if isinstance(value, Mapping) else getattr(value, tail)
        if head == "person" and tail in _WHILE_THEY_HOLD:
            # How long a fact goes on holding does not matter to that day.
            value = tuple(Spell(fact.name, fact.since) for fact in value if fact.holds(on))
        if value in (None, (), {}):
            continue
        if tail:
            kept.setdefault(head, {})[tail] = plain.plain(value)
        else:
            kept[head] = plain.plain(value)
    return kept


def _paths(name: str, parameter: Mapping[str, Any]) -> Iterator[str]:
    yield from PARAMETERS.get(name, ())
    yield from _WORDS.get(parameter.get("governed_by", ""), ())
    if parameter["unit"] == _FORMER_STANDARD:
        yield _LEVEL
    for entry in parameter["values"]:
        yield from _spoken(entry.get("value"))


def _spoken(value: Any) -> Iterator[str]:
    """What every key and every single word of a value asks for."""
    if isinstance(value, str):
        yield from _WORDS.get(value, ())
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from (*CONDITIONS.get(key, ()), *FORMS.get(key, ()))
            yield from _spoken(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _spoken(inner)

"""The item of a person's profile: its attributes and its two mappings.

For the store's modules about people alone; what is asked of the table stands in people.py. Facts
lie in two attributes: `facts` the groups, `spells` every other kind under its name.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from pynamodb.attributes import (
    BinaryAttribute,
    BooleanAttribute,
    JSONAttribute,
    ListAttribute,
    NumberAttribute,
    UnicodeAttribute,
)

from chalicelib import settings
from chalicelib.rules.ids import PersonId
from chalicelib.rules.person import Fact, FactKind, Masks, Person

from .table import Table

PROFILE = "profile"
SHOWN = (
    *("id", "part", "district", "local", "facts", "spells", "noted"),
    *("born_on", "sex", "masks"),
)
"""The attributes that a person is read from."""

_Row = list[str | None]


class PersonItem(Table):
    """One profile as the table holds it."""

    class Meta:
        table_name = settings.load().people_table

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    district = UnicodeAttribute(null=True)
    local = BooleanAttribute(null=True)
    born_on = UnicodeAttribute(null=True)
    sex = UnicodeAttribute(null=True)
    facts = JSONAttribute(null=True)
    spells = JSONAttribute(null=True)
    noted = NumberAttribute(null=True)
    masks = JSONAttribute(null=True)
    sealed = BinaryAttribute(legacy_encoding=False, null=True)
    run = UnicodeAttribute(null=True)
    line = NumberAttribute(null=True)
    # What changed in the sealed record since the roster brought it, masks only.
    history = ListAttribute[str](of=UnicodeAttribute, null=True)  # type: ignore[arg-type]


def read(item: PersonItem) -> Person:
    """The person of a profile; one from before facts of other kinds were kept has groups alone."""
    return Person(
        id=PersonId(item.id),
        district=item.district,
        local=item.local,
        facts=(*_groups(item.facts), *_others(item.spells or ())),
        masks=Masks(**item.masks),
        born_on=date.fromisoformat(item.born_on) if item.born_on else None,
        sex=item.sex,
        noted=int(item.noted or 0),
    )


def _groups(rows: Iterable[_Row]) -> Iterator[Fact]:
    return (_fact(FactKind.GROUP, *row) for row in rows)


def _others(rows: Iterable[_Row]) -> Iterator[Fact]:
    return (_fact(FactKind(str(kind)), *row) for kind, *row in rows)


def _fact(
    kind: FactKind,
    name: str | None,
    since: str | None,
    until: str | None,
    begun_by: str | None = "",
    ended_by: str | None = "",
) -> Fact:
    end = date.fromisoformat(until) if until else None
    first = date.fromisoformat(since or "")
    return Fact(kind, name or "", first, end, begun_by or "", ended_by or "")


def written(person: Person, sealed: bytes, run: str, line: int) -> PersonItem:
    """The profile of a person whom this line of a run brought."""
    return PersonItem(
        id=person.id,
        part=PROFILE,
        district=person.district,
        local=person.local,
        born_on=person.born_on and person.born_on.isoformat(),
        sex=person.sex,
        facts=group_rows(person.facts),
        spells=other_rows(person.facts) or None,
        masks=vars(person.masks),
        sealed=sealed,
        run=run,
        line=line,
    )


def group_rows(facts: Iterable[Fact]) -> list[_Row]:
    """The groups among the facts as the item keeps them."""
    return [_row(fact) for fact in facts if fact.kind is FactKind.GROUP]


def other_rows(facts: Iterable[Fact]) -> list[_Row]:
    """The facts of all other kinds as the item keeps them."""
    return [[fact.kind.value, *_row(fact)] for fact in facts if fact.kind is not FactKind.GROUP]


def _row(fact: Fact) -> _Row:
    until = fact.until.isoformat() if fact.until else None
    row: _Row = [fact.name, fact.since.isoformat(), until]
    said = [fact.begun_by, fact.ended_by]
    return [*row, *said] if any(said) else row

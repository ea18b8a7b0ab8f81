"""What is known of a person stands side by side: no two of one kind and name on the same day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from chalicelib.rules.person import Fact
from ops.check.breach import Breach
from ops.check.city import City

APART = "facts-apart"


def breaches(city: City) -> Iterator[Breach]:
    """Facts that end before they begin, and doubles; which person, never what is known."""
    for person in city.people.values():
        where = f"person {person.id}"
        if any(fact.until is not None and fact.until < fact.since for fact in person.facts):
            yield Breach(APART, where, "a fact ends before it begins")
        if any(map(_overlap, _alike(person.facts))):
            yield Breach(APART, where, "one fact is kept twice for the same day")


def _alike(facts: Iterable[Fact]) -> Iterable[list[Fact]]:
    alike: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        alike[fact.kind, fact.name].append(fact)
    return alike.values()


def _overlap(alike: list[Fact]) -> bool:
    in_order = sorted(alike, key=lambda fact: fact.since)
    return any(first.meets(second) for first, second in pairwise(in_order))

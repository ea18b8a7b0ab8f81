"""A class's seats taken are the vouchers enrolled in it, and never more than its capacity."""

from collections import Counter
from collections.abc import Iterator

from ops.check.breach import Breach
from ops.check.city import City

SEATS = "class-seats"


def breaches(city: City) -> Iterator[Breach]:
    """Classes whose seats differ from their learners, or that are fuller than they may be."""
    enrolled = Counter(kept.voucher.terms.class_id for kept in city.vouchers.values())
    for into in city.classes.values():
        where = f"class {into.id}"
        if into.seats_taken != enrolled[into.id]:
            yield Breach(SEATS, where, f"{into.seats_taken} seats, {enrolled[into.id]} learners")
        if into.seats_taken > into.capacity:
            yield Breach(SEATS, where, f"{into.seats_taken} seats of {into.capacity}")
    for class_id in sorted(id_ for id_ in enrolled if id_ and id_ not in city.classes):
        yield Breach(SEATS, f"class {class_id}", f"never filed, {enrolled[class_id]} learners")

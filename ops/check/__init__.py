"""The checker: reads a dump of the tables and names every breach of what must never happen.

Here: the report. The invariants stand one by one beneath `invariants`, the funnel in `counts`.
"""

from dataclasses import dataclass

from chalicelib.rules.settlement import Budget
from chalicelib.store.dump import Dump
from ops.check.breach import Breach
from ops.check.counts import counts
from ops.check.invariants import (
    amounts,
    bindings,
    cases,
    check_ins,
    entitlements,
    facts,
    figures,
    histories,
    identities,
    imports,
    limits,
    lines,
    money,
    openings,
    outbox,
    proposals,
    publications,
    seats,
    uses,
    validity,
    write_offs,
)
from ops.check.reading import read_city

__all__ = ["Breach", "Report", "report"]

_INVARIANTS = (
    *(money, proposals, bindings, lines, write_offs, amounts),
    *(
        histories,
        identities,
        entitlements,
        limits,
        openings,
        uses,
        validity,
        seats,
        check_ins,
        cases,
    ),
    *(imports, figures, outbox, publications, facts),
)


@dataclass(frozen=True)
class Report:
    """The checker's verdict: every breach, the funnel, and every fund's year as it stands."""

    breaches: tuple[Breach, ...]
    counts: dict[str, int]
    money: tuple[Budget, ...]


def report(dump: Dump) -> Report:
    """Checks a dump of a city at rest.

    An item that cannot be read is a breach itself; the invariants then speak of the others.
    """
    city = read_city(dump)
    found = [breach for invariant in _INVARIANTS for breach in invariant.breaches(city)]
    return Report((*city.unreadable, *found), counts(city), city.budgets)

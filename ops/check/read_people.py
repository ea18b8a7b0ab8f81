"""Items of people, programmes and runs as the rules' values.

The attributes' names stand here a second time on purpose: a fault of the store's own mapping
must not hide itself. KeyError, TypeError or ValueError where an item cannot be read.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from chalicelib.policy import Policy
from chalicelib.rules import plain
from chalicelib.rules.ids import PersonId, RunId
from chalicelib.rules.limits import Counts
from chalicelib.rules.person import Fact, FactKind, Masks, Person
from chalicelib.rules.run import RunKind, RunState
from chalicelib.rules.settlement import Budget
from chalicelib.rules.situation import Earlier
from chalicelib.store.dump import Item
from ops.check.city import KeptRun, Sums


def person(item: Item) -> Person:
    """A profile."""
    return Person(
        id=PersonId(item["id"]),
        district=item["district"],
        local=item["local"],
        facts=(
            *(_fact("group", *fact) for fact in json.loads(item["facts"])),
            *(_fact(*fact) for fact in json.loads(item.get("spells") or "[]")),
        ),
        masks=Masks(**json.loads(item["masks"])),
        born_on=date.fromisoformat(item["born_on"]) if item.get("born_on") else None,
        sex=item.get("sex"),
        noted=whole(item.get("noted", 0)),
    )


def _fact(kind: str, name: str, since: str, until: str | None, *said_by: str) -> Fact:
    end = date.fromisoformat(until) if until else None
    return Fact(FactKind(kind), name, date.fromisoformat(since), end, *said_by)


def entitlement(item: Item) -> tuple[tuple[PersonId, int], frozenset[str]]:
    """A person's year, and the vouchers its limit counts."""
    year = int(item["part"].removeprefix("entitlements#"))
    return (PersonId(item["id"]), year), frozenset(item.get("issued") or ())


def counts(item: Item) -> tuple[PersonId, Counts]:
    """What counts of a person for life."""
    vouchers = json.loads(item["vouchers"])
    told = {key: plain.typed(Earlier, one) for key, one in vouchers.items()}
    return PersonId(item["id"]), Counts(whole(item["ver"]), told)


def policy(item: Item) -> Policy:
    """A published version under its hash."""
    return Policy.of(item["id"].removeprefix("policy#"), json.loads(item["document"]))


def budget(item: Item) -> Budget:
    """A fund's year; a sum that is not whole fen cannot be read."""
    _, fund, year = item["id"].split("#")
    return Budget(
        fund=fund,
        year=int(year),
        granted_fen=whole(item["granted_fen"]),
        available_fen=whole(item["available_fen"]),
        reserved_fen=whole(item["reserved_fen"]),
        paid_fen=whole(item["paid_fen"]),
        recovered_fen=whole(item["recovered_fen"]),
    )


def run(item: Item, blocks: Iterable[Item]) -> KeptRun:
    """A run with its blocks."""
    return KeptRun(
        id=RunId(item["id"]),
        kind=RunKind(item["kind"]),
        state=RunState(item["state"]),
        block_count=whole(item["blocks"]),
        preview=bool(item.get("preview")),
        sums=_sums(item),
        blocks=tuple(_sums(block) for block in blocks),
    )


def _sums(item: Item) -> Sums:
    return Sums(
        rows=whole(item["rows"]),
        applied=whole(item["applied"]),
        existed=whole(item["existed"]),
        refused=whole(item["refused"]),
        listed=len(json.loads(item.get("refusals") or "[]")),
    )


def whole(number: Any) -> int:
    """The number itself; ValueError where it is not a whole one."""
    if not isinstance(number, int) or isinstance(number, bool):
        raise ValueError(f"{number!r} is not a whole number")
    return number

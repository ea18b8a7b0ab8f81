"""Breaking one thing in a dump: finding an item, changing it, retelling its history unbroken."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chalicelib.rules import history
from chalicelib.rules.ids import VoucherId
from chalicelib.store.dump import Dump, Item
from ops.check import report

Events = list[dict[str, Any]]


@dataclass(frozen=True)
class Lived:
    """A dump, and its vouchers by what became of them."""

    dump: Dump
    vouchers: dict[str, VoucherId]

    def voucher(self, name: str) -> Item:
        """The item of a voucher."""
        return one(self.dump.vouchers, id=self.vouchers[name])

    def line(self, name: str) -> Item:
        """The item of its line."""
        return one(self.dump.payments, voucher_id=self.vouchers[name])

    def proposal(self, name: str) -> Item:
        """The item of the proposal that its line comes from."""
        return one(self.dump.payments, id=self.line(name)["proposal_id"])

    def record(self, name: str) -> Item:
        """The item of its one check-in."""
        return one(self.dump.checkins, voucher_id=self.vouchers[name])

    def fund(self) -> Item:
        """The budget of the classes' fund."""
        return one(self.dump.programmes, id="fund#employment-subsidy#2026")

    def year(self, name: str) -> Item:
        """The entitlements of its holder."""
        return one(self.dump.people, id=self.voucher(name)["person_id"], part="entitlements#2026")


def one(items: tuple[Item, ...], **having: object) -> Item:
    """The one item with these attributes."""
    (found,) = (
        item for item in items if all(item.get(name) == value for name, value in having.items())
    )
    return found


def found(dump: Dump) -> set[str]:
    """The invariants that the checker finds broken.

    The figures follow the vouchers: a voucher that a test changed by hand is counted otherwise.
    """
    return {breach.invariant for breach in report(dump).breaches} - {"figures"}


def edit(item: Item, attribute: str, **changes: object) -> None:
    """Changes fields inside an attribute that is kept as JSON."""
    item[attribute] = json.dumps({**json.loads(item[attribute]), **changes})


def retell(item: Item, change: Callable[[Events], Events]) -> None:
    """Rewrites a history and chains it anew, so that only what it tells is wrong."""
    told = change([json.loads(text) for text in item["history"]])
    chained: list[str] = []
    for n, event in enumerate(told, 1):
        event |= {"n": n, "prev": history.link(chained[-1]) if chained else ""}
        chained.append(json.dumps(event, ensure_ascii=False, sort_keys=True))
    item["history"] = chained
    item["ver"] = len(chained)


def change(verb: str, **fields: object) -> Callable[[Events], Events]:
    """The events with every one of a verb changed."""
    return lambda told: [{**event, **(fields if event["do"] == verb else {})} for event in told]


def drop(verb: str) -> Callable[[Events], Events]:
    """The events without those of a verb."""
    return lambda told: [event for event in told if event["do"] != verb]


def tell(verb: str, **facts: object) -> Callable[[Events], Events]:
    """The events with facts that those of a verb set replaced."""
    return lambda told: [
        {**event, "set": {**event["set"], **facts}} if event["do"] == verb else event
        for event in told
    ]

"""Items of the outbox as the invariants' values.

The attributes' names stand here a second time on purpose: a fault of the store's own mapping
must not hide itself. KeyError, TypeError or ValueError where an item cannot be read.
"""

import json
from collections.abc import Iterable

from chalicelib.rules.outgoing import Delivery
from chalicelib.store.dump import Item
from ops.check.city import KeptRow


def rows_of(items: Iterable[Item]) -> list[Item]:
    """The table's rows; what is none is a receiver's word that nobody may act on."""
    return [item for item in items if not item["id"].startswith("q-")]


def row(item: Item) -> KeptRow:
    """A row with the event it carries."""
    return KeptRow(
        id=item["id"],
        destination=item["destination"],
        told=json.loads(item["event"]),
        delivery=Delivery(item["delivery"]),
        due="due" in item and "due_on" in item,
    )

"""Counts DynamoDB's capacity units while a move happens; nothing of the product changes for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from chalicelib.store import table

_READS = frozenset({"GetItem", "BatchGetItem", "Query", "Scan"})


@dataclass
class Units:
    """What was consumed: write and read units, and how many calls it took."""

    write: float = 0.0
    read: float = 0.0
    calls: int = 0

    def count(self, model: Any, parsed: Any, **_: Any) -> None:
        """Called by botocore with every parsed answer."""
        self.calls += 1
        consumed = parsed.get("ConsumedCapacity") or []
        for one in consumed if isinstance(consumed, list) else [consumed]:
            if model.name in _READS:
                self.read += float(one.get("CapacityUnits", 0))
            else:
                self.write += float(one.get("CapacityUnits", 0))


@contextmanager
def metered() -> Iterator[Units]:
    """Units of everything the process asks of DynamoDB inside the block."""
    events = table.connection().client.meta.events
    units = Units()
    events.register("after-call.dynamodb.*", units.count, unique_id="meter")
    try:
        yield units
    finally:
        events.unregister("after-call.dynamodb.*", units.count, unique_id="meter")


@contextmanager
def recorded() -> Iterator[list[str]]:
    """The calls made inside the block, each as operation and table; a batch names no table."""
    calls: list[str] = []
    events = table.connection().client.meta.events

    def note(params: dict[str, Any], model: Any, **_: Any) -> None:
        calls.append(f"{model.name} {params.get('TableName', '')}".strip())

    events.register("provide-client-params.dynamodb.*", note, unique_id="recorded")
    try:
        yield calls
    finally:
        events.unregister("provide-client-params.dynamodb.*", note, unique_id="recorded")

"""Somebody else's act between two calls of ours: a race whose order is chosen, and so replays.

It hangs on the same events of the process's client as the shim, and changes nothing of the product.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from chalicelib.store import table


@contextmanager
def between(at: int, act: Callable[[], object]) -> Iterator[None]:
    """Before call number `at` (from 0) to DynamoDB inside the block, the act happens as a whole."""
    left = [at]

    def before(**_: Any) -> None:
        left[0] -= 1
        if left[0] == -1:
            act()

    events = table.connection().client.meta.events
    events.register("before-call.dynamodb.*", before, unique_id="between")
    try:
        yield
    finally:
        events.unregister("before-call.dynamodb.*", before, unique_id="between")

"""Doing many independent things at once, where each only waits for a service."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

_THREADS = 8


def side_by_side(work: Callable[[Item], Outcome], items: Iterable[Item]) -> list[Outcome]:
    """What the work makes of each item, in their order; the first error ends it."""
    with ThreadPoolExecutor(_THREADS) as threads:
        return list(threads.map(work, items))

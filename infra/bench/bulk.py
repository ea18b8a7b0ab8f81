"""CPU of a bulk issue per voucher, against one conditional PutItem by the same model.

In turns: so many people served by the use case of a batch, eligibility, voucher and all; then as
many vouchers, made beforehand, each put by itself on the condition that it is new. The programme
has no limit across vouchers, so that a voucher is one conditional write either way.
"""

import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Final

import msgspec

from tests import big_register, in_process

_GOAL: Final = 0.20
_ROUNDS: Final = 12
_WARMING: Final = 2
_PER_ROUND: Final = 200


class Bulk(msgspec.Struct, frozen=True):
    """CPU in microseconds per voucher, as medians of the rounds, and the ratio of the two."""

    vouchers: int
    bulk_us: float
    single_us: float
    ratio: float


def measure() -> list[Bulk]:
    """Rounds of either, one after the other."""
    bulk_us, single_us = [], []
    with in_process.cloud(), in_process.city():
        big_register.publish_without_limit()
        for n in range(_ROUNDS):
            members = big_register.members(2 * n * _PER_ROUND, _PER_ROUND)
            bulk_us.append(_us(partial(big_register.issue_to, members)))
            made = big_register.made((2 * n + 1) * _PER_ROUND, _PER_ROUND)
            single_us.append(_us(partial(big_register.put_one_by_one, made)))
    bulk, single = median(bulk_us[_WARMING:]), median(single_us[_WARMING:])
    vouchers = (_ROUNDS - _WARMING) * _PER_ROUND
    return [Bulk(vouchers, round(bulk, 1), round(single, 1), round(bulk / single, 3))]


def table(measured: list[Bulk]) -> str:
    """The measurement as a table in Markdown."""
    lines = [
        "| vouchers of either kind | bulk, CPU µs each | PutItem, CPU µs each | ratio | goal |",
        "|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {one.vouchers} | {one.bulk_us:.0f} | {one.single_us:.0f} | {one.ratio:.2f} "
        f"| {_GOAL:.2f} |"
        for one in measured
    ]
    return "\n".join(lines) + "\n"


def _us(work: Callable[[], None]) -> float:
    begun_s = time.process_time()
    work()
    return (time.process_time() - begun_s) / _PER_ROUND * 1_000_000

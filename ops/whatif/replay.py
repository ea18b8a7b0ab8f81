"""A draft over the past: each voucher judged, everything added up; nothing is written."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from chalicelib.policy import Policy

from .history import Settled
from .report import Report
from .tally import Tally
from .verdict import judge

AT_ONCE = 50
"""Vouchers read before they are judged; each of the two goes faster in a row."""


def replay_over(
    policies: Mapping[str, Policy],
    history: Iterator[Settled],
    reached: Callable[[int, int], None],
) -> Report:
    """What the programmes' draft would have changed.

    `reached` is told how many are done, and at the end of how many.
    """
    tally, done = Tally(), 0
    while some := list(islice(history, AT_ONCE)):
        for settled in some:
            policy = policies.get(settled.programme)
            if policy is None:
                tally.pass_over()
            else:
                tally.add(settled, judge(policy, settled))
        done += len(some)
        reached(done, 0)
    reached(done, done)
    return tally.report()

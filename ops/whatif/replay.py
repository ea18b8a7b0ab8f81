"""A draft over the past: each voucher judged, everything added up; nothing is written."""

from collections.abc import Callable, Iterable, Mapping

from chalicelib.policy import Policy

from .history import Settled
from .tally import Report, Tally
from .verdict import judge

TELL_EVERY = 500


def replay_over(
    policies: Mapping[str, Policy],
    history: Iterable[Settled],
    reached: Callable[[int, int], None],
) -> Report:
    """What the programmes' draft would have changed; `reached` is told how many are done, and at
    the end of how many."""
    tally = Tally()
    done = 0
    for done, settled in enumerate(history, 1):
        policy = policies.get(settled.programme)
        if policy is None:
            tally.pass_over()
        else:
            tally.add(settled, judge(policy, settled))
        if done % TELL_EVERY == 0:
            reached(done, 0)
    reached(done, done)
    return tally.report()

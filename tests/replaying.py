"""A replay taken apart: reading the past alone, the bare decisions alone, and the whole.

`python -m tests.replaying FILE` tells what each cost in CPU seconds, in turns, the least of the
rounds; `python -m tests.replaying FILE whole` replays once and tells the process's memory.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from chalicelib.policy import decisions
from chalicelib.rules.situation import Event
from infra.bench.memory import peak_mb
from ops.whatif.history import Settled, Span, of_file, written
from ops.whatif.replay import replay_over
from ops.whatif.report import Report
from tests import settled_past

ROUNDS = 3
_AT_ONCE = 1000


def make(file: Path, count: int) -> None:
    """Writes a file of so many settled vouchers."""
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(map(written, settled_past.settled(count)))


def apart(file: Path, rounds: int = ROUNDS) -> dict[str, Any]:
    """CPU seconds of reading, of deciding, and of the whole replay; and the whole by the clock."""
    taken: dict[str, list[float]] = {"read_s": [], "decide_s": [], "replay_s": [], "clock_s": []}
    for _ in range(rounds):
        taken["read_s"].append(_cpu_s(lambda: _drain(of_file(file, Span()))))
        taken["decide_s"].append(_deciding_s(file))
        begun_s = time.perf_counter()
        taken["replay_s"].append(_cpu_s(lambda: whole(file)))
        taken["clock_s"].append(time.perf_counter() - begun_s)
    return {name: min(found) for name, found in taken.items()}


def whole(file: Path) -> Report:
    """The replay itself, under the policy that paid."""
    return replay_over(settled_past.policies(), of_file(file, Span()), lambda done, of: None)


def _drain(past: Iterator[Settled]) -> None:
    for _ in past:
        pass


def _deciding_s(file: Path) -> float:
    """The decisions alone: whether he is let in, and how much; what they ask is read before."""
    policies, past, taken_s = settled_past.policies(), of_file(file, Span()), 0.0
    while some := list(islice(past, _AT_ONCE)):
        begun_s = time.process_time()
        for settled in some:
            if settled.inputs is not None:
                policy, inputs = policies[settled.programme], settled.inputs
                decisions.claim.eligible(policy, inputs, inputs.events[Event.CLAIM])
                decisions.settle.decide(policy, inputs, settled.on, told=False)
        taken_s += time.process_time() - begun_s
    return taken_s


def _cpu_s(work: Callable[[], object]) -> float:
    begun_s = time.process_time()
    work()
    return time.process_time() - begun_s


def main(file: str, how: str = "apart") -> None:
    """Tells it in JSON."""
    if how == "whole":
        report = whole(Path(file))
        told = {"vouchers": report.total.vouchers, "peak_mb": peak_mb()}
    else:
        told = apart(Path(file))
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])

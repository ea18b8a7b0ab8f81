"""What policies cost: a decision's trace, loading a policy in a fresh function, replaying the past.

Each is told against its measure of the same run: the decision without its trace, the function's
cold start, reading the past alone and deciding alone, a tenth of the past. The replay is under
the policy that paid, by a process of its own (tests/replaying.py).
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

import msgspec

from chalicelib.policy import decisions
from chalicelib.policy.place import read
from chalicelib.rules import plain
from infra import by_hand, paths
from infra.bench import cold_starts
from tests import replaying, settled_past
from tests.builders import POLICIES

_GOAL_TRACE: Final = 3.0
_GOAL_LOADING: Final = 0.1
_GOAL_REPLAY: Final = 1.2
_GOAL_MEMORY: Final = 1.2
_FUNCTIONS: Final = ("ConsumeSettlements", "APIHandler")
_SIZES: Final = (10_000, 100_000)
_ROUNDS: Final = 40
_PER_ROUND: Final = 100
_RUNS: Final = 5
_LOADING: Final = """
import json, time
from datetime import date
from chalicelib.policy import Policy, decisions
from chalicelib.rules import plain
from chalicelib.rules.situation import Situation

def handler(event, context):
    situation = plain.typed(Situation, event["inputs"])
    # The code that decides is loaded when it is first asked for; it is no policy.
    before_s = time.process_time()
    decisions.settle
    import chalicelib.policy.units
    begun_s = time.process_time()
    policy = Policy.of("hash", json.loads(event["document"]))
    decision = decisions.settle.decide(policy, situation, date.fromisoformat(event["on"]))
    load_s = time.process_time() - begun_s
    return {
        "load_s": load_s, "code_s": begun_s - before_s, "amount_fen": decision.amount_fen
    }
"""


class Figure(msgspec.Struct, frozen=True):
    """One cost, what it is set against, and the ratio of the two."""

    what: str
    cost: float
    unit: str
    against: str
    other: float
    ratio: float
    goal: float


def measure() -> list[Figure]:
    """All of it, the decision first."""
    return [_trace(), *_loading(), *_replay()]


def table(measured: list[Figure]) -> str:
    """The figures as a table in Markdown."""
    lines = ["| what | costs | against | | ratio | goal |", "|---|--:|---|--:|--:|--:|"]
    lines += [
        f"| {one.what} | {one.cost:.4g} {one.unit} | {one.against} | {one.other:.4g} {one.unit} "
        f"| {one.ratio:.3g} | {one.goal:g} |"
        for one in measured
    ]
    return "\n".join(lines) + "\n"


def _figure(what: str, cost: float, unit: str, against: str, other: float, goal: float) -> Figure:
    return Figure(
        what, round(cost, 3), unit, against, round(other, 3), round(cost / other, 3), goal
    )


def _trace() -> Figure:
    """One amount decision told and untold, in turns, over vouchers of two programmes."""
    policies = settled_past.policies()
    past = list(settled_past.settled(_PER_ROUND))
    taken: dict[bool, list[float]] = {True: [], False: []}
    for n in range(2 * _ROUNDS):
        told = n % 2 == 0
        begun_s = time.process_time()
        for one in past:
            if one.inputs is not None:
                decisions.settle.decide(policies[one.programme], one.inputs, one.on, told)
        taken[told].append((time.process_time() - begun_s) / _PER_ROUND * 1_000_000)
    with_us, without_us = median(taken[True]), median(taken[False])
    what = "an amount decision with its trace"
    return _figure(what, with_us, "µs", "the same without", without_us, _GOAL_TRACE)


def _loading() -> Iterator[Figure]:
    """A policy from its kept text to its first decision, in the package as a function has it."""
    with cold_starts.standing() as (city, unpacked, folder):
        (folder / "loading.py").write_text(_LOADING)
        load_ms, code_ms = _load_ms([folder, unpacked.app, unpacked.site_packages])
        for function in _FUNCTIONS:
            cold_ms = cold_starts.first_event_ms(city, unpacked, function)
            what = f"loading a policy, to its first decision (beside its code, {code_ms:.0f} ms)"
            against = f"cold start, {function}"
            yield _figure(what, load_ms, "ms", against, cold_ms, _GOAL_LOADING)


def _load_ms(path: list[Path]) -> tuple[float, float]:
    """The policy and the code that decides by it, each the least of a few fresh processes."""
    (one,) = settled_past.settled(1)
    event = {
        "document": json.dumps(read(POLICIES / one.programme), ensure_ascii=False),
        "inputs": plain.plain(one.inputs),
        "on": one.on.isoformat(),
    }
    answers = [by_hand.run(path, "loading.handler", event, {}).answer for _ in range(_RUNS)]
    if {answer["amount_fen"] for answer in answers} != {one.amount_fen}:
        raise RuntimeError(f"a loaded policy decided {answers}, not {one.amount_fen} fen")
    load_s = min(float(answer["load_s"]) for answer in answers)
    code_s = min(float(answer["code_s"]) for answer in answers)
    return load_s * 1000, code_s * 1000


def _replay() -> Iterator[Figure]:
    """The larger past taken apart, and the memory of either size."""
    paths.BUILD.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="bench-", dir=paths.BUILD) as name:
        files = [Path(name) / str(size) for size in _SIZES]
        for file, size in zip(files, _SIZES, strict=True):
            replaying.make(file, size)
        small_mb, large_mb = (_told(file, "whole")["peak_mb"] for file in files)
        told, size_mb = _told(files[-1]), files[-1].stat().st_size / 1_000_000
    what = f"replay of {_SIZES[-1]:,} vouchers ({size_mb:.0f} MB; {told['clock_s']:.0f} s in all)"
    parts_s = told["read_s"] + told["decide_s"]
    against = f"reading ({told['read_s']:.1f} s) and deciding ({told['decide_s']:.1f} s) alone"
    yield _figure(what, told["replay_s"], "s", against, parts_s, _GOAL_REPLAY)
    against = f"at {_SIZES[0]:,}"
    yield _figure("its memory", large_mb, "MB", against, small_mb, _GOAL_MEMORY)


def _told(file: Path, *how: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.replaying", str(file), *how]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))

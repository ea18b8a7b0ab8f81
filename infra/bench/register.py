"""A batch over a whole register: how long, and in how much memory, against a tenth of the people.

One worker's process alone is timed and weighed; the register is loaded beforehand. The local
cloud is one process too: its CPU is told beside, because nothing can be faster than it.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import msgspec
from rich.console import Console
from rich.progress import Progress

from chalicelib.store import runs
from infra.local_cloud import Cloud
from tests import big_register, in_process

_GOAL_S: Final = 300
_GOAL_MEMORY: Final = 1.2
_SIZES: Final = (50_000, 500_000)
_LOOK_EVERY_S: Final = 2
_TICKS: Final = os.sysconf("SC_CLK_TCK")


class Register(msgspec.Struct, frozen=True):
    """What issuing to a register of this size took: the worker's figures and the cloud's CPU."""

    people: int
    issued: int
    seconds: float
    cpu_s: float
    cloud_cpu_s: float
    peak_mb: float
    memory_ratio: float


class _Told(msgspec.Struct, frozen=True):
    state: str
    issued: int
    seconds: float
    cpu_s: float
    peak_mb: float


def measure() -> list[Register]:
    """The smaller register, then the larger one, each in a city of its own."""
    measured: list[Register] = []
    with Progress(console=Console(stderr=True)) as progress:
        for people in _SIZES:
            told, cloud_cpu_s = _issue(people, progress)
            if (told.state, told.issued) != ("done", people):
                raise RuntimeError(f"{people} people, but {told.issued} issued: {told.state}")
            first = measured[0].peak_mb if measured else told.peak_mb
            measured.append(
                Register(
                    people,
                    told.issued,
                    round(told.seconds, 1),
                    round(told.cpu_s, 1),
                    round(cloud_cpu_s, 1),
                    round(told.peak_mb, 1),
                    round(told.peak_mb / first, 2),
                )
            )
    return measured


def table(measured: list[Register]) -> str:
    """The two sizes as a table in Markdown."""
    lines = [
        "| people | issued | seconds | worker's CPU s | local cloud's CPU s | peak MB | ratio |",
        "|--:|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {one.people} | {one.issued} | {one.seconds:.0f} | {one.cpu_s:.0f} "
        f"| {one.cloud_cpu_s:.0f} | {one.peak_mb:.0f} | {one.memory_ratio:.2f} |"
        for one in measured
    ]
    goals = f"Goals: {_GOAL_S} s for the larger register, {_GOAL_MEMORY} × the smaller's memory."
    return "\n".join([*lines, "", goals]) + "\n"


def _issue(people: int, progress: Progress) -> tuple[_Told, float]:
    with in_process.cloud() as cloud, in_process.city():
        loading = progress.add_task(f"register {people:,} people", total=None)
        big_register.publish_without_limit()
        big_register.register(people)
        progress.update(loading, total=1, completed=1)
        run = big_register.batch()
        issuing = progress.add_task(f"issue to {people:,}", total=people)
        before_s = _cpu_s(cloud)
        command = [sys.executable, "-m", "infra.bench.batch_worker", run.id]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
            while worker.poll() is None:
                progress.update(issuing, completed=runs.load(run.id).rows)
                time.sleep(_LOOK_EVERY_S)
            said = worker.stdout.read() if worker.stdout else ""
        if worker.returncode:
            raise RuntimeError(f"the worker ended with {worker.returncode}")
        progress.update(issuing, completed=people)
        return msgspec.json.decode(said.splitlines()[-1], type=_Told), _cpu_s(cloud) - before_s


def _cpu_s(cloud: Cloud) -> float:
    """CPU seconds that the cloud's processes have used so far."""
    used = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended while we looked
        if int(fields[2]) == cloud.pid:
            used += int(fields[11]) + int(fields[12])
    return used / _TICKS

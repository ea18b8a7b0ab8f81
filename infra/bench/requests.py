"""CPU of a whole request, warm, against the same DynamoDB calls made by a plain botocore client.

The packaged handler gets the gateway's event and gives its answer in a process that has nothing
but the package. The calls it makes of DynamoDB are recorded, the item it changed is put back, and
a botocore client as it comes makes the same calls with the same parameters; so in turns, request
by request. The CPU of that process alone counts: neither the local cloud's nor any wait.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

import msgspec

from infra import by_hand, package, paths
from infra.by_hand import Unpacked
from tests import busy_day, in_process
from tests.busy_day import Asked

_GOAL: Final = 1.25
_REQUESTS: Final = 200
_WARMING: Final = 20
_PROGRAM: Final = Path(__file__).parent / "warm.py"


class Request(msgspec.Struct, frozen=True):
    """A request's calls, its CPU and theirs by a plain client, as medians, and the ratio."""

    request: str
    calls: list[str]
    cpu_ms: float
    plain_ms: float
    ratio: float


class _Told(msgspec.Struct, frozen=True):
    request_s: list[float]
    calls_s: list[float]
    calls: list[list[str]]
    answers: list[int]


def measure() -> list[Request]:
    """A verification at an institution's desk, and a check-in of a learner."""
    paths.BUILD.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="bench-", dir=paths.BUILD) as name, in_process.cloud():
        folder = Path(name)
        unpacked = by_hand.unpack(package.package("local", folder / "made"), folder)
        with in_process.city():
            busy_day.open_city()
            offset_s = int(busy_day.SIGNING_IN.timestamp() - time.time())
            environment = os.environ | {"CLOCK_OFFSET": str(offset_s)}
            taps = busy_day.check_ins(_REQUESTS)
            # A code lives a minute of the city's clock: they are minted last.
            scans = busy_day.verifications(_REQUESTS, busy_day.SIGNING_IN)
            return [
                _measured("verify", scans, unpacked, environment),
                _measured("check in", taps, unpacked, environment),
            ]


def table(measured: list[Request]) -> str:
    """The requests as a table in Markdown."""
    lines = [
        "| request | calls | CPU ms | the calls alone, ms | ratio | goal |",
        "|---|---|--:|--:|--:|--:|",
    ]
    for one in measured:
        lines.append(
            f"| {one.request} | {', '.join(one.calls)} | {one.cpu_ms:.2f} | {one.plain_ms:.2f} "
            f"| {one.ratio:.2f} | {_GOAL} |"
        )
    return "\n".join(lines) + "\n"


def _measured(
    name: str, asked: list[Asked], unpacked: Unpacked, environment: dict[str, str]
) -> Request:
    job = {
        "path": [str(unpacked.app), str(unpacked.site_packages)],
        "handler": unpacked.template["Resources"]["APIHandler"]["Properties"]["Handler"],
        "events": [one.event for one in asked],
        "before": [{"table": one.table, "key": one.key, "item": one.item} for one in asked],
    }
    told = _run(job, environment)
    if set(told.answers) != {201}:
        raise RuntimeError(f"{name}: not every request was answered with 201: {told.answers}")
    whole = median(told.request_s[_WARMING:])
    alone = median(told.calls_s[_WARMING:])
    ratio = round(whole / alone, 2)
    return Request(name, told.calls[-1], round(whole * 1000, 2), round(alone * 1000, 2), ratio)


def _run(job: dict[str, Any], environment: dict[str, str]) -> _Told:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(_PROGRAM)],
        input=json.dumps(job, default=bytes.hex),
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=_Told)

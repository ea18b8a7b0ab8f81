"""The platform as a program: `python -m sim.national --events URL --results URL --key ID …`.

Its endpoint and credentials come from the environment, as AWS clients read it.

Here: its arguments and its clock. Not here: what it does with them.
"""

import argparse
import json
import logging
import time
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

import boto3

from sim.national.memory import Memory
from sim.national.program import Clock, Platform, serve


def main(arguments: list[str] | None = None) -> int:
    """Serve until idle, print what was done and is owed as one line of JSON, and end with 0."""
    given = _arguments().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    platform = Platform(
        name=given.name,
        sqs=boto3.client("sqs"),
        kms=boto3.client("kms"),
        events_url=given.events,
        results_url=given.results,
        key_id=given.key,
        city_key_id=given.city_key,
        memory=Memory(given.memory),
        clock=running_from(given.now),
        seed=given.seed,
    )
    try:
        work = serve(platform, given.idle_s)
        owed = platform.memory.owed()
    finally:
        platform.memory.close()
    print(json.dumps({**asdict(work), "owed": owed}))
    return 0


def running_from(start: datetime) -> Clock:
    """A clock that shows `start` now and runs on from there."""
    started = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - started)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sim.national", description=__doc__)
    parser.add_argument("--name", default="sample", help="the platform's name in its events")
    parser.add_argument("--events", required=True, help="URL of the queue it is told on")
    parser.add_argument("--results", required=True, help="URL of the queue it answers on")
    parser.add_argument("--key", required=True, help="its KMS key's id")
    parser.add_argument("--city-key", required=True, help="the key that only the city opens")
    parser.add_argument("--memory", required=True, type=Path, help="its own file")
    parser.add_argument("--now", required=True, type=_moment, help="its clock, RFC 3339")
    parser.add_argument("--seed", type=int, default=1, help="its temper")
    parser.add_argument("--idle-s", type=float, default=3.0, help="end after so long without work")
    return parser


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError("a moment needs its offset, as in +08:00")
    return moment


if __name__ == "__main__":
    raise SystemExit(main())

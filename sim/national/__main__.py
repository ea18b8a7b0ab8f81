"""The platform as a program: `python -m sim.national --events URL --results URL --key ID …`.

Its endpoint and credentials come from the environment, as AWS clients read it.

Here: its arguments and its parts. Not here: what it does with them.
"""

import argparse
import json
import logging
from dataclasses import asdict
from functools import partial
from pathlib import Path

import boto3

from sim.desk import opening
from sim.desk.work import serve
from sim.national.memory import Memory
from sim.national.program import Platform, work_once


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
        clock=opening.running_from(given.now),
        seed=given.seed,
    )
    try:
        work = serve(partial(work_once, platform), given.idle_s)
        owed = platform.memory.owed()
    finally:
        platform.memory.close()
    print(json.dumps({**asdict(work), "owed": owed}))
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = opening.arguments("python -m sim.national", __doc__)
    parser.add_argument("--events", required=True, help="URL of the queue it is told on")
    parser.add_argument("--city-key", required=True, help="the key that only the city opens")
    parser.add_argument("--memory", required=True, type=Path, help="its own file")
    parser.add_argument("--seed", type=int, default=1, help="its temper")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())

"""How such a program is started: the arguments that each of them takes, and its own clock.

Here: what they share. Not here: the arguments of one of them.
"""

import argparse
import time
from collections.abc import Callable
from datetime import datetime, timedelta

Clock = Callable[[], datetime]


def arguments(program: str, about: str | None) -> argparse.ArgumentParser:
    """A parser with the name, the answers' queue, the key, the clock and the patience."""
    parser = argparse.ArgumentParser(prog=program, description=about)
    parser.add_argument("--name", default="sample", help="its name in its events")
    parser.add_argument("--results", required=True, help="URL of the queue it answers on")
    parser.add_argument("--key", required=True, help="its KMS key's id")
    parser.add_argument("--now", required=True, type=_moment, help="its clock, RFC 3339")
    parser.add_argument("--idle-s", type=float, default=3.0, help="end after so long without work")
    return parser


def running_from(start: datetime) -> Clock:
    """A clock that shows `start` now and runs on from there."""
    started = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - started)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError("a moment needs its offset, as in +08:00")
    return moment

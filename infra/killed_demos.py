"""`make demo-killed`: the demo killed at random moments, then played once to its end.

What every killed run leaves must be ended and removed by the next one, and the last run's counts
must be right. Here: the killing and what is looked at. Not here: sweeping; runs.py does that.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from infra import paths, scratch

_KILLS: Final = 10
_LATEST_S: Final = 220
"""A demo on an idle machine takes about as long: the moments spread over its whole length."""


def killed(after_s: float) -> bool:
    """Start `make demo`, kill make and the command outright after so long; False if it was done."""
    demo = subprocess.Popen(
        ["make", "demo"], cwd=paths.ROOT, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        demo.wait(timeout=after_s)
    except subprocess.TimeoutExpired:
        os.killpg(demo.pid, signal.SIGKILL)
        demo.wait()
        return True
    return False


def left_behind() -> list[str]:
    """Command lines of programs that still run out of the demo's folder, and its folders."""
    folder = str(paths.DEMO)
    alive = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if folder in line:
                alive.append(line)
    unpacked = [str(made) for made, owner in scratch.owned() if owner.is_relative_to(folder)]
    return alive + unpacked + [str(run) for run in paths.DEMO.glob("run-*")]


def campaign(seed: int, kills: int) -> int:
    """Kill as often, then play once; the exit code of that last run, or 1 for what it left."""
    moments = random.Random(seed)
    for number in range(1, kills + 1):
        after_s = round(moments.uniform(1, _LATEST_S), 1)
        cut_short = killed(after_s)
        print(
            f"{number:2}. killed after {after_s} s · {len(left_behind())} things lie about"
            if cut_short
            else f"{number:2}. was done before {after_s} s",
            flush=True,
        )
    started = time.monotonic()
    last = subprocess.run(["make", "demo"], cwd=paths.ROOT, capture_output=True, text=True)
    print(last.stdout[-400:] + last.stderr[-400:])
    left = left_behind()
    took_s = time.monotonic() - started
    print(f"the last run: exit {last.returncode} after {took_s:.0f} s, left {left}")
    return last.returncode or int(bool(left))


def main(arguments: list[str]) -> int:
    """`python -m infra.killed_demos [--seed N] [--kills N]`."""
    parser = argparse.ArgumentParser(prog="make demo-killed")
    parser.add_argument("--seed", type=int, default=2026, help="the same seed, the same moments")
    parser.add_argument("--kills", type=int, default=_KILLS)
    asked = parser.parse_args(arguments)
    return campaign(asked.seed, asked.kills)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What must be there before the demo starts, each with how to mend it.

Here: the checks. Not here: installing anything; `make` does that.
"""

import shutil
import socket
import sys
from pathlib import Path

from ops.failures import StepFailedError

FREE_DISK_MB = 500
PYTHONS = ((3, 11), (3, 14))


def precheck(root: Path, samples: Path) -> None:
    """Raise StepFailedError for the first thing that is missing."""
    if not PYTHONS[0] <= sys.version_info[:2] <= PYTHONS[1]:
        raise StepFailedError(
            "Python",
            f"this is {sys.version.split()[0]}, needed is 3.11 to 3.14",
            "remove .venv and run: make demo PYTHON=python3.11",
        )
    free_mb = shutil.disk_usage(root).free // 1_000_000
    if free_mb < FREE_DISK_MB:
        raise StepFailedError(
            "disk", f"{free_mb} MB free at {root}, needed are {FREE_DISK_MB}", "make room"
        )
    for name in ("story.json", "expected.json"):
        if not (samples / name).is_file():
            raise StepFailedError(
                "sample city",
                f"{samples / name} is missing",
                "make it anew: .venv/bin/python -m sim.city --out samples",
            )
    _loopback_listens()


def _loopback_listens() -> None:
    try:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
    except OSError as error:
        raise StepFailedError(
            "network", f"no port of 127.0.0.1 can be opened: {error}", "is the loopback device up?"
        ) from error

"""The most memory that this process ever held."""

import re
from pathlib import Path


def peak_mb() -> float:
    """In MB; only Linux tells it.

    Not getrusage's: a process inherits there the peak of the one that started it.
    """
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0

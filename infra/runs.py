"""Cities that live as long as one run: each in a folder of its own, swept when a run was killed.

A folder belongs to the process that holds its owner's lock. How a cloud is started stands in
local_cloud.py.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from types import FrameType
from typing import Final, NoReturn

from infra import held, local_cloud
from infra.local_cloud import Cloud

_OWNER: Final = "owner.lock"


@contextmanager
def standing(root: Path) -> Iterator[Cloud]:
    """A cloud in a new folder under `root`, ended and removed at the end of the block.

    What killed runs left under `root` is ended and removed first. A termination signal ends the
    block as an exception would, and so does the death of the process that started this one.
    """
    sweep(root)
    with held.alone(root / ".lock"):
        folder = Path(mkdtemp(prefix="run-", dir=root))
        owner = held.take(folder / _OWNER)
    _end_on_signals()
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    try:
        yield local_cloud.start(folder, None, keep=False)
    finally:
        local_cloud.remove(folder)
        if owner is not None:
            os.close(owner)


def sweep(root: Path) -> int:
    """End and remove the runs under `root` whose process is gone; how many there were."""
    root.mkdir(parents=True, exist_ok=True)
    swept = 0
    with held.alone(root / ".lock"):
        for folder in sorted(root.glob("run-*")):
            if not held.is_held(folder / _OWNER):
                local_cloud.remove(folder)
                swept += 1
    return swept


def _end_on_signals() -> None:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)


def _end_with(parent: int) -> None:
    # A `make` that is killed outright tells its children nothing.
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)

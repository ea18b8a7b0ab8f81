"""Locks that the kernel lets go when their holder ends, however it ends.

A process is known to live by its lock, not by its number: numbers are given out again. What the
locks stand for is decided elsewhere.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def take(path: Path, *, wait: bool = False) -> int | None:
    """Take the lock and return the open file that holds it, or None where another holds it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def is_held(path: Path) -> bool:
    """Whether some process holds the lock; a lock that was never made is not held."""
    if not path.exists():
        return False
    handle = take(path)
    if handle is None:
        return True
    os.close(handle)
    return False


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Do one thing at a time: wait for the lock, and let it go at the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = take(path, wait=True)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)

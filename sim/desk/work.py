"""Working until there is nothing to do.

Here: the count of what was done and the loop around a round. Not here: a round.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    """What was done: messages heard for the first time, heard again, letters sent."""

    heard: int = 0
    repeated: int = 0
    sent: int = 0

    def __add__(self, other: "Work") -> "Work":
        return Work(
            self.heard + other.heard, self.repeated + other.repeated, self.sent + other.sent
        )

    @property
    def idle(self) -> bool:
        """Whether there was nothing to do."""
        return self == Work()


def serve(work_once: Callable[[int], Work], idle_s: float) -> Work:
    """Work in rounds of a second until `idle_s` passed without work; say what was done."""
    done = Work()
    quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < idle_s:
        work = work_once(1)
        done += work
        if not work.idle:
            quiet_since = time.monotonic()
    return done

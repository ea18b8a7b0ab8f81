"""The city's clock during the story.

Here: which moment it is, and jumping to another. Not here: how the cloud takes the jump.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

SetOffset = Callable[[int], None]


def offset_to(moment: datetime) -> int:
    """Whole seconds from the machine's time to `moment`."""
    return round((moment - datetime.now(UTC)).total_seconds())


@dataclass
class CityClock:
    """Runs on in real time from the moment last jumped to."""

    set_offset: SetOffset
    offset_s: int

    def now(self) -> datetime:
        """The city's time."""
        return datetime.now(UTC) + timedelta(seconds=self.offset_s)

    def jump(self, moment: datetime) -> None:
        """Make it `moment` in every function of the city."""
        self.offset_s = offset_to(moment)
        self.set_offset(self.offset_s)

"""What a look finds, and how bad it is."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a thing stands."""

    OK = "ok"
    WARNING = "warning"  # works, but not as this checkout or this clock would have it
    FAULT = "fault"  # somebody must mend it
    UNKNOWN = "unknown"  # could not be looked at from here


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what was found, and how it is mended where it must be."""

    look: str
    state: State
    found: str
    mend: str = ""

"""A lesson of a timetable: when, taught where (线下, 线上), and of which part (理论, 实操)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Mode(StrEnum):
    """How something is taught; a lesson is never blended, a class may be."""

    OFFLINE = "offline"
    ONLINE = "online"
    BLENDED = "blended"


class Part(StrEnum):
    """What a lesson belongs to."""

    THEORY = "theory"
    PRACTICE = "practice"


@dataclass(frozen=True)
class Lesson:
    """One lesson of a class's timetable."""

    no: int
    starts_at: datetime
    ends_at: datetime
    mode: Mode = Mode.OFFLINE
    part: Part = Part.THEORY

    @property
    def minutes(self) -> int:
        """How long it is, in whole minutes."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


def mode_of(lessons: Iterable[Lesson]) -> Mode:
    """How a class of these lessons is taught: as all of them are, blended where they differ."""
    modes = {lesson.mode for lesson in lessons}
    return modes.pop() if len(modes) == 1 else Mode.BLENDED

"""What rules about teaching ask for: a class as it is planned, a tap before a lesson."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .licence import Scope


@dataclass(frozen=True)
class Plan:
    """A class as its teacher files it: seats, minutes of its lessons by part, his licence."""

    capacity: int | None = None
    minutes: Mapping[str, int] = field(default_factory=dict)
    licence: tuple[Scope, ...] = ()


@dataclass(frozen=True)
class Tap:
    """A tap: when, for which lesson, how far from the site, after how many others.

    `misread_m` is the distance if the numbers were of another system; `radius_m` the site's own
    radius; `mode` the lesson's.
    """

    received_at: str
    starts_at: str
    ends_at: str
    away_m: float
    misread_m: float
    accuracy_m: float
    radius_m: int | None = None
    attempts: int = 0
    lesson_no: int = 1
    mode: str = "offline"

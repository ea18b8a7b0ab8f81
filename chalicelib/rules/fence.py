"""The fence around a teaching site (授课地点范围, notice 三.(三)): where a measured tap lies.

What a distance is on the ellipsoid stands in geofence.py. The answer is evidence, not proof.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import inf

_ALL = 100


class Place(StrEnum):
    """Where the position lies, seen from the site."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    WRONG_DATUM = "wrong_datum"
    POOR_ACCURACY = "poor_accuracy"


@dataclass(frozen=True)
class Fence:
    """The policy's measures: radius, the share of accuracy forgiven and its cap, the limit.

    What is None is not limited: any distance, all of the accuracy, however vague.
    """

    radius_m: int | None
    accuracy_share_percent: int | None
    accuracy_share_cap_m: int | None
    accuracy_limit_m: int | None


@dataclass(frozen=True)
class Measured:
    """Metres from the site: as the position says, and at best if read in another system."""

    away_m: float
    misread_m: float


def place(measured: Measured, accuracy_m: float, radius_m: int | None, fence: Fence) -> Place:
    """Where it lies: too vague, inside, inside if read in another system, or outside.

    `radius_m` is the site's own; None means the policy's.
    """
    reach_m = _or_any(radius_m or fence.radius_m) + _forgiven_m(accuracy_m, fence)
    if accuracy_m > _or_any(fence.accuracy_limit_m):
        return Place.POOR_ACCURACY
    if measured.away_m <= reach_m:
        return Place.INSIDE
    return Place.WRONG_DATUM if measured.misread_m <= reach_m else Place.OUTSIDE


def _forgiven_m(accuracy_m: float, fence: Fence) -> float:
    share = _ALL if fence.accuracy_share_percent is None else fence.accuracy_share_percent
    return min(accuracy_m * share / _ALL, _or_any(fence.accuracy_share_cap_m))


def _or_any(metres: int | None) -> float:
    return inf if metres is None else metres

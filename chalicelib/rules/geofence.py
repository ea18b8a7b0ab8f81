"""Whether a reported position lies at the teaching site (授课地点范围, notice 三.(三)).

The answer is evidence, not proof; what a poor or foreign position means for attendance is
decided elsewhere.
"""

from dataclasses import dataclass
from enum import StrEnum

from geographiclib.geodesic import Geodesic

from .datum import Datum, Degrees, to_wgs


class Place(StrEnum):
    """Where the position lies, seen from the site."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    WRONG_DATUM = "wrong_datum"
    POOR_ACCURACY = "poor_accuracy"


@dataclass(frozen=True)
class Position:
    """A reported position: its numbers, their system, and the accuracy it claims in metres."""

    point: Degrees
    datum: Datum
    accuracy_m: float


@dataclass(frozen=True)
class Site:
    """A teaching site; `radius_m` None means the policy's."""

    point: Degrees
    datum: Datum
    radius_m: int | None


@dataclass(frozen=True)
class Fence:
    """The policy's measures: radius, the share of accuracy forgiven and its cap, the limit."""

    radius_m: int
    accuracy_share_percent: int
    accuracy_share_cap_m: int
    accuracy_limit_m: int


@dataclass(frozen=True)
class Finding:
    """Where the position lies and how far from the site, in metres."""

    place: Place
    distance_m: float


def distance_m(one: Degrees, other: Degrees) -> float:
    """Metres between two WGS-84 points on the ellipsoid (Karney 2013)."""
    line = Geodesic.WGS84.Inverse(
        one.latitude, one.longitude, other.latitude, other.longitude, Geodesic.DISTANCE
    )
    return float(line["s12"])


def locate(position: Position, site: Site, fence: Fence) -> Finding:
    """Where a position lies: too vague, inside, inside if read in another system, or outside."""
    centre = to_wgs(site.point, site.datum)
    away_m = distance_m(to_wgs(position.point, position.datum), centre)
    forgiven_m = min(
        position.accuracy_m * fence.accuracy_share_percent / 100, fence.accuracy_share_cap_m
    )
    reach_m = (site.radius_m or fence.radius_m) + forgiven_m
    if position.accuracy_m > fence.accuracy_limit_m:
        return Finding(Place.POOR_ACCURACY, away_m)
    if away_m <= reach_m:
        return Finding(Place.INSIDE, away_m)
    others = (datum for datum in Datum if datum is not position.datum)
    if any(distance_m(to_wgs(position.point, other), centre) <= reach_m for other in others):
        return Finding(Place.WRONG_DATUM, away_m)
    return Finding(Place.OUTSIDE, away_m)

"""What a position at a lesson is worth: the second opinion on the check-in rules (三.(三)).

The sample policy's figures: half the reported accuracy, at most 40 m, is added to the radius;
worse than 100 m is too poor to judge.
"""

from dataclasses import dataclass

from sim.city.datums import distance_m, gcj02_read_as
from sim.city.sites import Site

WORST_ACCURACY_M = 100
LARGEST_SHARE_M = 40
DATUMS = ("WGS-84", "GCJ-02", "BD-09")


@dataclass(frozen=True)
class Position:
    """A position as a phone sends it: numbers, the system they claim, accuracy in metres."""

    longitude: float
    latitude: float
    datum: str
    accuracy_m: int


def _is_inside(site: Site, position: Position, datum: str, slack_m: float) -> bool:
    point = gcj02_read_as(datum, position.longitude, position.latitude)
    share_m = min(position.accuracy_m / 2, LARGEST_SHARE_M)
    return distance_m(site.centre, point) <= site.fence_m + share_m + slack_m


def place_outcome(site: Site, position: Position, slack_m: float = 0) -> str:
    """Return good, outside, wrong_datum or poor_accuracy.

    `slack_m` moves the fence outwards: an outcome that stays the same for a slack on either side
    does not hang on how a distance is measured.
    """
    if position.accuracy_m > WORST_ACCURACY_M:
        return "poor_accuracy"
    if _is_inside(site, position, position.datum, slack_m):
        return "good"
    others = [datum for datum in DATUMS if datum != position.datum]
    misread = any(_is_inside(site, position, datum, slack_m) for datum in others)
    return "wrong_datum" if misread else "outside"

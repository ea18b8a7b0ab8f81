"""Positions drawn so that they have the outcome the story wants, with metres to spare."""

from math import cos, pi, radians, sin

from sim.city.datums import Point, gcj02_written_in
from sim.city.dice import Dice
from sim.city.fence import Position, place_outcome
from sim.city.sites import Site

METRES_PER_DEGREE = 111_195
MARGIN_M = 25
TRIES = 10_000
DATUM_SHARES = ("GCJ-02",) * 5 + ("WGS-84",) * 4 + ("BD-09",)


def _off(dice: Dice, centre: Point, nearest_m: int, farthest_m: int) -> Point:
    """A point at some distance from the centre, in any direction, in GCJ-02."""
    away_m = dice.between(nearest_m * 10, farthest_m * 10) / 10
    bearing = dice.between(0, 3599) * pi / 1800
    east = away_m * sin(bearing) / (METRES_PER_DEGREE * cos(radians(centre[1])))
    return centre[0] + east, centre[1] + away_m * cos(bearing) / METRES_PER_DEGREE


def _phone(point: Point, datum: str, accuracy_m: int) -> Position:
    """An honest phone: the numbers belong to the datum it names."""
    longitude, latitude = gcj02_written_in(datum, *point)
    return Position(round(longitude, 6), round(latitude, 6), datum, accuracy_m)


def _draw(dice: Dice, site: Site, wanted: str) -> Position:
    """One try at a position of the wanted kind."""
    datum = dice.pick(DATUM_SHARES)
    if wanted == "outside":
        return _phone(_off(dice, site.centre, 500, 1500), datum, dice.between(5, 60))
    if wanted == "poor_accuracy":
        return _phone(_off(dice, site.centre, 0, 700), datum, dice.between(130, 900))
    if wanted == "wrong_datum":
        here = _off(dice, site.centre, 0, 120)
        return Position(round(here[0], 6), round(here[1], 6), "WGS-84", dice.between(5, 30))
    return _phone(_off(dice, site.centre, 3, site.fence_m * 6 // 10), datum, dice.between(5, 60))


def position_for(dice: Dice, site: Site, wanted: str) -> Position:
    """Return a position whose outcome at the site is `wanted`, however it is measured.

    `wanted` is good, outside, wrong_datum (true GCJ-02 numbers that claim to be WGS-84) or
    poor_accuracy; ValueError when the site allows none.
    """
    for _ in range(TRIES):
        position = _draw(dice, site, wanted)
        outcomes = {place_outcome(site, position, slack) for slack in (-MARGIN_M, MARGIN_M)}
        if outcomes == {wanted}:
            return position
    raise ValueError(f"no position at {site.name} is {wanted}")

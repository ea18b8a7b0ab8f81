"""Coordinate systems of China: WGS-84 is the one used inside; GCJ-02 and BD-09 come from phones.

The forward formulas are the published approximations of the obfuscation; the way back is the
fixed-point iteration, exact to below a centimetre. Nothing here knows of fences.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import atan2, cos, pi, sin, sqrt

_AXIS_M = 6378245.0
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_BAIDU = pi * 3000.0 / 180.0
_ROUNDS = 6


class Datum(StrEnum):
    """The system in which a point's numbers are meant."""

    WGS_84 = "WGS-84"
    GCJ_02 = "GCJ-02"
    BD_09 = "BD-09"


@dataclass(frozen=True)
class Degrees:
    """Longitude and latitude; which system they are in is said beside them."""

    longitude: float
    latitude: float


def _waves(x: float, *terms: tuple[float, float]) -> float:
    """The sum of the obfuscation's sine terms: (amplitude, frequency) over half turns."""
    return sum(amplitude * sin(frequency * x * pi) for amplitude, frequency in terms) * 2.0 / 3.0


def _shift(point: Degrees) -> Degrees:
    x, y = point.longitude - 105.0, point.latitude - 35.0
    root = sqrt(abs(x))
    common = _waves(x, (20.0, 6.0), (20.0, 2.0))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
    north += _waves(y, (20.0, 1.0), (40.0, 1 / 3), (160.0, 1 / 12), (320.0, 1 / 30))
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
    east += _waves(x, (20.0, 1.0), (40.0, 1 / 3), (150.0, 1 / 12), (300.0, 1 / 30))
    latitude = point.latitude / 180.0 * pi
    curve = 1.0 - _ECCENTRICITY_SQUARED * sin(latitude) ** 2
    north_degrees = north * 180.0 / (_AXIS_M * (1 - _ECCENTRICITY_SQUARED) / curve**1.5 * pi)
    east_degrees = east * 180.0 / (_AXIS_M / sqrt(curve) * cos(latitude) * pi)
    return Degrees(east_degrees, north_degrees)


def wgs_to_gcj(point: Degrees) -> Degrees:
    """WGS-84 to GCJ-02, for points in China."""
    shift = _shift(point)
    return Degrees(point.longitude + shift.longitude, point.latitude + shift.latitude)


def gcj_to_bd(point: Degrees) -> Degrees:
    """GCJ-02 to BD-09."""
    radius = sqrt(point.longitude**2 + point.latitude**2) + 0.00002 * sin(point.latitude * _BAIDU)
    angle = atan2(point.latitude, point.longitude) + 0.000003 * cos(point.longitude * _BAIDU)
    return Degrees(radius * cos(angle) + 0.0065, radius * sin(angle) + 0.006)


def _inverse(forward: Callable[[Degrees], Degrees], point: Degrees) -> Degrees:
    guess = point
    for _ in range(_ROUNDS):
        image = forward(guess)
        guess = Degrees(
            guess.longitude + point.longitude - image.longitude,
            guess.latitude + point.latitude - image.latitude,
        )
    return guess


def to_wgs(point: Degrees, datum: Datum) -> Degrees:
    """A point of any of the three systems in WGS-84."""
    if datum is Datum.WGS_84:
        return point
    gcj = _inverse(gcj_to_bd, point) if datum is Datum.BD_09 else point
    return _inverse(wgs_to_gcj, gcj)

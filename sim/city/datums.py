"""The three coordinate systems of a Chinese phone, and the distance between two points.

Written again from the published series, in degrees, longitude before latitude; good to a metre
in Shanghai. GCJ-02 is the one everything here is measured in.
"""

from math import asin, atan2, cos, hypot, pi, radians, sin, sqrt

AXIS_M = 6378245.0
ECCENTRICITY_SQUARED = 0.00669342162296594323
EARTH_RADIUS_M = 6371008.8
BAIDU_TURN = pi * 3000 / 180

Point = tuple[float, float]


def _bend(x: float, y: float) -> Point:
    """The deviation's series: metres east and north at the point (x, y) off 105° E, 35° N."""
    ripple = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + ripple
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    east += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + ripple
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    north += (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    return east, north


def gcj02_from_wgs84(longitude: float, latitude: float) -> Point:
    """Return the GCJ-02 numbers of a WGS-84 point."""
    east, north = _bend(longitude - 105, latitude - 35)
    squash = 1 - ECCENTRICITY_SQUARED * sin(radians(latitude)) ** 2
    meridian_m = AXIS_M * (1 - ECCENTRICITY_SQUARED) / (squash * sqrt(squash))
    parallel_m = AXIS_M / sqrt(squash) * cos(radians(latitude))
    return longitude + east * 180 / (parallel_m * pi), latitude + north * 180 / (meridian_m * pi)


def wgs84_from_gcj02(longitude: float, latitude: float) -> Point:
    """Return the WGS-84 numbers of a GCJ-02 point, by closing in on them."""
    guess = (longitude, latitude)
    for _ in range(10):
        there = gcj02_from_wgs84(*guess)
        guess = (guess[0] + longitude - there[0], guess[1] + latitude - there[1])
    return guess


def bd09_from_gcj02(longitude: float, latitude: float) -> Point:
    """Return the BD-09 numbers of a GCJ-02 point."""
    reach = hypot(longitude, latitude) + 0.00002 * sin(latitude * BAIDU_TURN)
    angle = atan2(latitude, longitude) + 0.000003 * cos(longitude * BAIDU_TURN)
    return reach * cos(angle) + 0.0065, reach * sin(angle) + 0.006


def gcj02_from_bd09(longitude: float, latitude: float) -> Point:
    """Return the GCJ-02 numbers of a BD-09 point, by closing in on them."""
    guess = (longitude - 0.0065, latitude - 0.006)
    for _ in range(10):
        there = bd09_from_gcj02(*guess)
        guess = (guess[0] + longitude - there[0], guess[1] + latitude - there[1])
    return guess


def gcj02_read_as(datum: str, longitude: float, latitude: float) -> Point:
    """Return the GCJ-02 point that numbers mean when read in `datum`; KeyError if unknown."""
    if datum == "GCJ-02":
        return longitude, latitude
    return {"WGS-84": gcj02_from_wgs84, "BD-09": gcj02_from_bd09}[datum](longitude, latitude)


def gcj02_written_in(datum: str, longitude: float, latitude: float) -> Point:
    """Return the numbers of a GCJ-02 point in `datum`; KeyError if unknown."""
    if datum == "GCJ-02":
        return longitude, latitude
    return {"WGS-84": wgs84_from_gcj02, "BD-09": bd09_from_gcj02}[datum](longitude, latitude)


def distance_m(one: Point, other: Point) -> float:
    """Return the metres between two points of one system, on a sphere (within 0.5 %)."""
    south, north = radians(one[1]), radians(other[1])
    turn = sin((north - south) / 2) ** 2
    turn += cos(south) * cos(north) * sin(radians(other[0] - one[0]) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(turn))

"""Places: known points of Shanghai in three systems, and the fence around a site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules.datum import Datum, Degrees, gcj_to_bd, to_wgs, wgs_to_gcj
from chalicelib.rules.fence import Place, place
from chalicelib.rules.geofence import distance_m, measure
from chalicelib.rules.position import Position, Site
from tests.builders import FENCE, SQUARE, a_position, a_site

METRE = 1 / 111_000  # of latitude, in degrees, near enough for a fence

shanghai = st.builds(
    Degrees,
    longitude=st.floats(120.9, 122.0),
    latitude=st.floats(30.7, 31.9),
)


def north(metres: float) -> Degrees:
    return Degrees(SQUARE.longitude, SQUARE.latitude + metres * METRE)


def where(position: Position, site: Site) -> Place:
    return place(measure(position, site), position.accuracy_m, site.radius_m, FENCE)


def test_peoples_square_in_both_systems() -> None:
    gcj = wgs_to_gcj(SQUARE)
    assert (round(gcj.longitude, 6), round(gcj.latitude, 6)) == (121.478223, 31.228458)


@given(shanghai)
def test_every_system_comes_back_to_the_same_place(point: Degrees) -> None:
    gcj = wgs_to_gcj(point)
    assert distance_m(to_wgs(gcj, Datum.GCJ_02), point) < 0.01
    assert distance_m(to_wgs(gcj_to_bd(gcj), Datum.BD_09), point) < 0.01


@given(shanghai)
def test_mixing_systems_moves_a_point_far_outside_a_fence(point: Degrees) -> None:
    gcj = wgs_to_gcj(point)
    assert 400 < distance_m(point, gcj) < 600
    assert 850 < distance_m(gcj, gcj_to_bd(gcj)) < 950


@pytest.mark.parametrize(
    ("metres", "accuracy_m", "found"),
    [
        (0, 10, Place.INSIDE),
        (303, 10, Place.INSIDE),  # 300 m and half of 10 m
        (307, 10, Place.OUTSIDE),
        (335, 100, Place.INSIDE),  # the forgiven share is at most 40 m
        (345, 100, Place.OUTSIDE),
        (0, 101, Place.POOR_ACCURACY),
    ],
)
def test_the_fence_forgives_half_the_accuracy_up_to_forty_metres(
    metres: float, accuracy_m: float, found: Place
) -> None:
    assert where(a_position(north(metres), accuracy_m=accuracy_m), a_site()) is found


def test_a_site_with_its_own_radius_uses_that() -> None:
    assert where(a_position(north(120)), a_site(radius_m=100)) is Place.OUTSIDE
    assert where(a_position(north(80)), a_site(radius_m=100)) is Place.INSIDE


@pytest.mark.parametrize("claimed", [Datum.WGS_84, Datum.BD_09])
def test_numbers_that_fit_another_system_are_named_so(claimed: Datum) -> None:
    assert where(a_position(wgs_to_gcj(SQUARE), claimed), a_site()) is Place.WRONG_DATUM

"""Check characters, coordinates and the dice against values known from elsewhere."""

from datetime import date

import pytest
from stdnum import luhn
from stdnum.cn import ric, uscc

from sim.city.check_digits import citizen_check, credit_code_check, luhn_check, organisation_check
from sim.city.datums import (
    bd09_from_gcj02,
    distance_m,
    gcj02_from_bd09,
    gcj02_from_wgs84,
    wgs84_from_gcj02,
)
from sim.city.dice import Dice
from sim.city.organisations import organisation_code
from sim.city.people import citizen_number

PEOPLES_SQUARE_WGS84 = (121.4737, 31.2304)
PEOPLES_SQUARE_GCJ02 = (121.478223, 31.228458)


@pytest.mark.parametrize("number", ["11010519491231002X", "34052419800101001X"])
def test_citizen_numbers_known_to_be_good_have_their_check_character(number: str) -> None:
    assert citizen_check(number[:17]) == number[17]


def test_a_credit_code_known_to_be_good_has_its_check_character() -> None:
    assert credit_code_check("91350100M000100Y43"[:17]) == "3"


def test_an_organisation_code_known_to_be_good_has_its_check_character() -> None:
    assert organisation_check("D2143569") == "X"


def test_a_card_number_known_to_be_good_has_its_luhn_digit() -> None:
    assert luhn_check("7992739871") == "3"


def test_a_second_library_agrees_with_every_drawn_number() -> None:
    dice = Dice(1, "numbers")
    for _ in range(500):
        number = citizen_number(dice, dice.day(date(1960, 1, 1), date(2008, 12, 31)))
        assert ric.calc_check_digit(number) == number[-1]
        assert uscc.is_valid(organisation_code(dice, "91"))
        card = dice.digits(18)
        assert luhn.is_valid(card + luhn_check(card))


def test_peoples_square_moves_to_where_the_published_maps_show_it() -> None:
    assert gcj02_from_wgs84(*PEOPLES_SQUARE_WGS84) == pytest.approx(PEOPLES_SQUARE_GCJ02, abs=1e-6)


def test_every_conversion_can_be_undone_to_a_centimetre() -> None:
    back = wgs84_from_gcj02(*PEOPLES_SQUARE_GCJ02)
    assert distance_m(back, PEOPLES_SQUARE_WGS84) < 0.1
    there = bd09_from_gcj02(*PEOPLES_SQUARE_GCJ02)
    assert distance_m(gcj02_from_bd09(*there), PEOPLES_SQUARE_GCJ02) < 0.01


def test_mixing_two_systems_moves_a_point_out_of_any_usual_fence() -> None:
    first_m = distance_m(PEOPLES_SQUARE_WGS84, PEOPLES_SQUARE_GCJ02)
    second_m = distance_m(PEOPLES_SQUARE_GCJ02, bd09_from_gcj02(*PEOPLES_SQUARE_GCJ02))
    assert 470 <= first_m <= 500
    assert 890 <= second_m <= 930


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres() -> None:
    assert distance_m((121.0, 31.0), (121.0, 32.0)) == pytest.approx(111_195, abs=5)


def test_one_topic_of_chance_does_not_shift_another() -> None:
    alone = Dice(5, "one").digits(20)
    Dice(5, "other").digits(7)
    assert Dice(5, "one").digits(20) == alone
    assert Dice(6, "one").digits(20) != alone


def test_the_dice_never_leave_their_bounds() -> None:
    dice = Dice(3, "bounds")
    assert {dice.between(2, 5) for _ in range(400)} == {2, 3, 4, 5}
    assert sorted(dice.shuffled(range(50))) == list(range(50))
    with pytest.raises(ValueError, match="cannot draw 3 of 2"):
        dice.sample("ab", 3)

"""The figures against the vouchers: every kind of disagreement is found and named."""

from copy import deepcopy
from dataclasses import replace

import pytest

from chalicelib.store.dump import Item
from ops.check import report
from tests.ops import city_at_rest
from tests.ops.breaking import Lived, one


@pytest.fixture
def city(shared_city: None) -> Lived:
    return deepcopy(city_at_rest.lived())


def cell(city: Lived, fund: str = "") -> Item:
    """The cell of the courses in the city's figures."""
    part = f"social-training|social-training|{fund}"
    return one(city.dump.figures, id="city|programme|2026", part=part)


def found(city: Lived) -> set[str]:
    """What the checker says of the figures."""
    breaches = report(city.dump).breaches
    assert {breach.invariant for breach in breaches} <= {"figures"}
    return {str(breach) for breach in breaches}


def test_the_figures_of_a_sound_city_are_what_its_vouchers_come_to(city: Lived) -> None:
    assert found(city) == set()
    sums = {name: cell(city)[name] for name in ("issued", "used", "settled", "expired")}
    assert sums == {"issued": 8, "used": 7, "settled": 1, "expired": 1}


def test_a_voucher_counted_twice_is_found(city: Lived) -> None:
    cell(city)["issued"] += 1
    assert found(city) == {
        "figures: city by programme 2026: social-training social-training: "
        "issued kept as 9, by the vouchers 8"
    }


def test_a_fen_too_many_is_found(city: Lived) -> None:
    cell(city, "employment-subsidy")["paid_fen"] += 1
    (breach,) = found(city)
    assert "employment-subsidy: paid_fen kept as" in breach


def test_a_cell_that_is_gone_is_found(city: Lived) -> None:
    others = tuple(item for item in city.dump.figures if item is not cell(city))
    assert len(found(replace(city, dump=replace(city.dump, figures=others)))) >= 4


def test_a_voucher_that_the_stream_never_told_is_found(city: Lived) -> None:
    voucher_id = city.vouchers["paid"]
    mark = one(city.dump.figures, id=f"voucher|{voucher_id}", part="mark")
    last = mark["ver"]
    mark["ver"] = 1
    assert found(city) == {f"figures: voucher {voucher_id}: counted to event 1 of {last}"}


def test_a_target_is_no_matter_of_the_vouchers(city: Lived) -> None:
    cell(city).update(aimed_issued=500, aimed_used=50)
    assert found(city) == set()

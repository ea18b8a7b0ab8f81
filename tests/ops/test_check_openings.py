"""The checker finds a voucher that its own inputs do not give, or for another reason than kept."""

from copy import deepcopy

import pytest

from tests.ops import city_at_rest
from tests.ops.breaking import Lived, found, retell, tell

_BY_HAND = {"told-once"}
"""What a history told anew breaks besides."""


@pytest.fixture
def city(shared_city: None) -> Lived:
    return deepcopy(city_at_rest.lived())


def test_inputs_that_open_no_voucher_are_found(city: Lived) -> None:
    nobody = {"person": {"local": True, "groups": [{"name": "other", "since": "2020-01-01"}]}}
    retell(city.voucher("waiting"), tell("issue", judged=nobody))
    assert found(city.dump) - _BY_HAND == {"opening"}


def test_another_reason_than_the_one_kept_is_found(city: Lived) -> None:
    retell(city.voucher("waiting"), tell("issue", why="0" * 16))
    assert found(city.dump) - _BY_HAND == {"opening"}


def test_a_check_in_voucher_for_whom_a_programme_paid_is_found(city: Lived) -> None:
    eligible = {"person": {"groups": [{"name": "employee", "since": "2020-01-01"}]}}
    retell(city.voucher("check-in"), tell("issue", judged=eligible))
    assert found(city.dump) - _BY_HAND == {"opening"}

"""The sound city has no breach; the checker finds each hand-made one around its money."""

import json
from copy import deepcopy
from dataclasses import replace

import pytest

from chalicelib.rules import ids
from chalicelib.store.dump import Item
from ops.check import report
from tests.ops import city_at_rest
from tests.ops.breaking import Lived, drop, found, retell


@pytest.fixture
def city(shared_city: None) -> Lived:
    return deepcopy(city_at_rest.lived())


def with_payment(city: Lived, item: Item) -> set[str]:
    """What is found once the payments hold one more item."""
    return found(replace(city.dump, payments=(*city.dump.payments, item)))


def test_the_sound_city_has_no_breach(city: Lived) -> None:
    assert report(city.dump).breaches == ()


def test_the_funnel_counts_what_happened(city: Lived) -> None:
    assert report(city.dump).counts == {
        "issued": 10,
        "claimed": 9,
        "verified": 8,
        "enrolled": 8,
        "checked_in": 5,
        "abnormal": 3,
        "assessed": 7,
        "approved": 6,
        "paid": 3,
        "returned": 1,
        "written_off": 2,
        "expired": 1,
        "refused_rows": 2,
        "paid_fen": 160_000 + 260_000,
    }


def test_the_funnel_has_the_names_of_the_expected_one(city: Lived) -> None:
    expected = json.loads(city_at_rest.EXPECTED.read_text(encoding="utf-8"))
    assert report(city.dump).counts.keys() == expected.keys()


@pytest.mark.parametrize("column", ["granted_fen", "available_fen", "reserved_fen", "paid_fen"])
def test_a_fen_too_many_in_any_column_is_found(city: Lived, column: str) -> None:
    city.fund()[column] += 1
    assert found(city.dump) == {"money"}


def test_money_moved_between_columns_is_found_though_the_equation_holds(city: Lived) -> None:
    fund = city.fund()
    fund["available_fen"] += 100
    fund["reserved_fen"] -= 100
    assert found(city.dump) == {"money"}


def test_a_negative_column_is_found_though_the_equation_holds(city: Lived) -> None:
    fund = city.fund()
    fund["granted_fen"] -= 100_000
    fund["available_fen"] -= 100_000
    assert fund["available_fen"] < 0
    assert found(city.dump) == {"money"}


def test_a_fund_without_a_budget_is_found(city: Lived) -> None:
    others = tuple(item for item in city.dump.programmes if item is not city.fund())
    assert found(replace(city.dump, programmes=others)) == {"money"}


def test_a_line_that_claims_to_be_paid_is_found(city: Lived) -> None:
    city.line("waiting")["state"] = "PAID"
    assert found(city.dump) == {"money", "line-history", "written-off"}


def test_a_voucher_written_off_without_its_money_is_found(city: Lived) -> None:
    city.voucher("waiting")["state"] = "WRITTEN_OFF"
    assert found(city.dump) == {"history-replay", "written-off"}


def test_a_paid_line_whose_voucher_stands_open_is_found(city: Lived) -> None:
    item = city.voucher("paid")
    item["state"] = "PAYING"
    retell(item, drop("write_off"))
    assert found(city.dump) == {"written-off", "told-once"}


def test_a_second_line_of_a_voucher_is_found(city: Lived) -> None:
    double = {**city.line("waiting"), "id": "l-double"}
    assert "one-live-attempt" in with_payment(city, double)


def test_a_second_attempt_beside_a_live_one_is_found(city: Lived) -> None:
    line = city.line("waiting")
    retell(line, lambda told: [*told[:2], {**told[1], "do": "release", "to": "DUE"}, *told[1:]])
    assert found(city.dump) == {"one-live-attempt", "line-history"}


def test_an_attempt_number_without_an_end_of_the_one_before_is_found(city: Lived) -> None:
    city.line("waiting")["attempt"] = 2
    assert found(city.dump) == {"one-live-attempt"}


def test_a_line_of_no_voucher_is_found(city: Lived) -> None:
    others = tuple(item for item in city.dump.vouchers if item["id"] != city.vouchers["rejected"])
    assert "one-live-attempt" in found(replace(city.dump, vouchers=others))


def test_a_line_for_a_check_in_voucher_is_found(city: Lived) -> None:
    voucher_id = city.vouchers["check-in"]
    line_id = ids.line_id(voucher_id, "employment-subsidy", 1)
    line = {**city.line("held"), "id": line_id, "voucher_id": voucher_id}
    assert with_payment(city, line) == {"no-check-in-line", "bound-to-proposal", "written-off"}


def test_a_line_event_changed_in_place_breaks_its_chain(city: Lived) -> None:
    line = city.line("paid")
    line["history"][0] = line["history"][0].replace("settlements", "somebody")
    assert found(city.dump) == {"line-history"}


def test_a_line_sum_other_than_it_was_born_with_is_found(city: Lived) -> None:
    city.line("waiting")["amount_fen"] += 100
    assert found(city.dump) == {"line-history", "bound-to-proposal"}


def test_a_line_that_goes_to_another_payee_is_found(city: Lived) -> None:
    city.line("waiting")["payee_id"] = "p-somebody-else"
    assert found(city.dump) == {"bound-to-proposal"}


def test_a_line_of_another_fund_than_approved_is_found(city: Lived) -> None:
    city.line("waiting")["year"] = 2025
    assert found(city.dump) == {"bound-to-proposal"}


def test_an_approved_voucher_without_a_line_is_found(city: Lived) -> None:
    others = tuple(item for item in city.dump.payments if item is not city.line("waiting"))
    assert found(replace(city.dump, payments=others)) == {"bound-to-proposal", "written-off"}


def test_half_a_fen_cannot_be_read(city: Lived) -> None:
    city.line("waiting")["amount_fen"] = 0.5
    assert "readable" in found(city.dump)

"""Two funds pay one voucher: the checker finds each hand-made breach of what they share."""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace

import boto3
import pytest

from chalicelib.rules.line import LineVerb
from chalicelib.store import dump
from chalicelib.store.dump import OWNERS, Dump, Item
from ops.check.invariants import amounts, bindings, lines, money, proposals, write_offs
from ops.check.reading import read_city
from tests import money as books
from tests import topped_up
from tests.ops.breaking import drop, edit, one, retell
from tests.topped_up import DISTRICT_FUND

INVARIANTS = (amounts, bindings, lines, money, proposals, write_offs)
PAID, HALF_PAID, CAME_BACK = (1, 2, 3)


@pytest.fixture(scope="module")
def lived(shared_city: None) -> Dump:
    """Three vouchers: written off, paid by the city alone so far, refused the district's share."""
    topped_up.open_books()
    for n in (PAID, HALF_PAID, CAME_BACK):
        _, city, district = topped_up.sent(n)
        books.tell(LineVerb.PAY, city, f"m-{n}-1")
        if n != HALF_PAID:
            verb = LineVerb.PAY if n == PAID else LineVerb.REJECT
            books.tell(verb, district, f"m-{n}-2")
    names = {owner: f"{owner}_table" for owner in OWNERS}
    return dump.read(boto3.client("dynamodb"), names)


@pytest.fixture
def city(lived: Dump) -> Dump:
    return deepcopy(lived)


def found(city: Dump) -> set[str]:
    read = read_city(city)
    assert read.unreadable == ()
    return {breach.invariant for each in INVARIANTS for breach in each.breaches(read)}


def line(city: Dump, n: int, fund: str = DISTRICT_FUND) -> Item:
    """The fund's line of the n-th voucher that was proposed."""
    return one(city.payments, proposal_id=proposal(city, n)["id"], fund=fund)


def voucher(city: Dump, n: int) -> Item:
    return one(city.vouchers, id=line(city, n)["voucher_id"])


def proposal(city: Dump, n: int) -> Item:
    return one(city.payments, key=f"propose-{n:02}")


def fund(city: Dump, named: str = DISTRICT_FUND) -> Item:
    return one(city.programmes, id=f"fund#{named}#2026")


def tamper(city: Dump, n: int, change: Callable[[list[Item]], None]) -> None:
    """Changes the shares of the one entry of a proposal."""
    item = proposal(city, n)
    entries = json.loads(item["entries"])
    change(entries[0]["shares"])
    item["entries"] = json.dumps(entries)


def test_the_sound_city_has_no_breach(city: Dump) -> None:
    assert found(city) == set()


def test_a_district_s_money_moved_between_columns_is_found(city: Dump) -> None:
    fund(city)["available_fen"] -= 100
    fund(city)["reserved_fen"] += 100
    assert found(city) == {"money"}


def test_a_district_without_a_budget_is_found(city: Dump) -> None:
    others = tuple(item for item in city.programmes if item is not fund(city))
    assert found(replace(city, programmes=others)) == {"money"}


def test_a_voucher_written_off_before_its_last_line_is_found(city: Dump) -> None:
    voucher(city, HALF_PAID)["state"] = "WRITTEN_OFF"
    assert found(city) == {"written-off"}


def test_a_voucher_that_stands_open_though_every_line_is_paid_is_found(city: Dump) -> None:
    voucher(city, PAID)["state"] = "PAYING"
    assert found(city) == {"written-off"}


def test_a_voucher_that_goes_on_paying_though_a_line_came_back_is_found(city: Dump) -> None:
    voucher(city, CAME_BACK)["state"] = "PAYING"
    assert found(city) == {"written-off"}


def test_a_share_without_its_line_is_found_and_keeps_the_write_off_from_standing(
    city: Dump,
) -> None:
    others = tuple(item for item in city.payments if item is not line(city, PAID))
    assert found(replace(city, payments=others)) == {"bound-to-proposal", "money", "written-off"}


def test_a_line_that_claims_to_be_paid_is_found(city: Dump) -> None:
    line(city, HALF_PAID)["state"] = "PAID"
    assert found(city) == {"money", "line-history", "written-off"}


def test_a_fen_moved_from_one_share_to_the_other_is_found(city: Dump) -> None:
    def change(shares: list[Item]) -> None:
        shares[0]["amount_fen"] -= 1
        shares[1]["amount_fen"] += 1

    tamper(city, HALF_PAID, change)
    assert found(city) == {"amount", "bound-to-proposal", "money"}


def test_shares_that_do_not_come_to_the_amount_are_found(city: Dump) -> None:
    tamper(city, PAID, lambda shares: shares[1].update(amount_fen=1))
    assert found(city) == {"amount", "bound-to-proposal"}


def test_a_share_that_goes_to_another_payee_than_the_policy_says_is_found(city: Dump) -> None:
    tamper(city, PAID, lambda shares: shares[1].update(payee="institution"))
    assert found(city) == {"amount", "bound-to-proposal"}


def test_a_line_to_another_payee_than_its_share_is_found(city: Dump) -> None:
    line(city, PAID)["payee"] = "institution"
    assert found(city) == {"bound-to-proposal"}


def test_a_line_of_a_fund_that_shares_nothing_is_found(city: Dump) -> None:
    line(city, HALF_PAID)["fund"] = "unemployment-insurance"
    assert found(city) >= {"one-live-attempt", "bound-to-proposal"}


def test_a_voucher_that_tells_other_shares_than_were_approved_is_found(city: Dump) -> None:
    edit(voucher(city, PAID), "terms", shares=None)
    assert "bound-to-proposal" in found(city)


def test_a_paid_line_that_forgot_the_bank_s_word_is_found(city: Dump) -> None:
    retell(line(city, PAID), drop("pay"))
    assert found(city) == {"line-history"}

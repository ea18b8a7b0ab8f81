"""The bank's own rules, one by one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sim.bank.orders import Order
from sim.bank.rules import Kind, answers, pays

ORDER = Order("line.1", "line", 1, 160_000, "张三", "6219880000000000001", "102290000000")


def kinds(order: Order, payment_no: int = 1) -> list[Kind]:
    return [answer.kind for answer in answers(order, payment_no)]


def test_an_ordinary_account_is_accepted_then_paid() -> None:
    assert kinds(ORDER) == [Kind.ACCEPTED, Kind.PAID]
    assert pays(ORDER)


def test_a_company_account_is_not_special() -> None:
    assert kinds(replace(ORDER, account="31001520313050000123")) == [Kind.ACCEPTED, Kind.PAID]


def test_a_closed_account_is_rejected_with_its_reason() -> None:
    order = replace(ORDER, account="6219900000000000001")
    (answer,) = answers(order, 1)
    assert (answer.kind, answer.reason) == (Kind.REJECTED, "account closed")
    assert not pays(order)


@pytest.mark.parametrize("amount_fen", [0, -1])
def test_an_amount_that_is_not_positive_is_rejected(amount_fen: int) -> None:
    order = replace(ORDER, amount_fen=amount_fen)
    assert kinds(order) == [Kind.REJECTED]
    assert not pays(order)


def test_a_frozen_account_is_paid_and_returned_seven_days_later() -> None:
    order = replace(ORDER, account="6219910000000000001")
    accepted, paid, returned = answers(order, 1)
    assert (accepted.kind, paid.kind, returned.kind) == (Kind.ACCEPTED, Kind.PAID, Kind.RETURNED)
    assert paid.after == timedelta(0)
    assert returned.after == timedelta(days=7)


@pytest.mark.parametrize(("payment_no", "copies"), [(4, 1), (5, 2), (6, 1), (10, 2)])
def test_every_fifth_payment_is_told_twice(payment_no: int, copies: int) -> None:
    told = {answer.kind: answer.copies for answer in answers(ORDER, payment_no)}
    assert told == {Kind.ACCEPTED: 1, Kind.PAID: copies}


@pytest.mark.parametrize("payment_no", [7, 14, 35])
def test_every_seventh_payment_is_told_before_its_acceptance(payment_no: int) -> None:
    assert kinds(ORDER, payment_no) == [Kind.PAID, Kind.ACCEPTED]

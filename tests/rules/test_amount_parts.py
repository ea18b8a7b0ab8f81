"""Instalments: parts sum to the whole, what was paid counts, debts are positive and set off."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules.amount.debts import ClawBack, clawed_back, levelled, offset, overpaid, stray
from chalicelib.rules.amount.gated import asked
from chalicelib.rules.amount.parts import ALL_AT_ONCE, PAID, Instalment, divided, plan
from chalicelib.rules.condition import Condition, Line
from chalicelib.rules.decision import Debt, Outcome, Part
from chalicelib.rules.gates import Employment
from chalicelib.rules.situation import ClassOutcome, Course, Event, Paid, Situation
from chalicelib.rules.trace import Ruling
from tests.builders import MONDAY

DAY = MONDAY.date()
OWN = {"advance": 400}
ADVANCE, FINAL = Instalment("advance", 40), Instalment("final", 60)


def ruling(rule: str, value: Any) -> Ruling[Any]:
    return Ruling(rule, value, "2026-01-01", "a test", DAY)


def part(name: str, amount_fen: int, *, paid: bool = False, fund: str = "city") -> Part:
    return Part(name, fund, "worker", amount_fen, Outcome.YES, PAID if paid else "")


@given(st.integers(0, 10**9), st.lists(st.integers(1, 20), min_size=1, max_size=5))
def test_parts_sum_to_the_whole(amount_fen: int, shares: list[int]) -> None:
    plan_ = [Instalment(str(n), share) for n, share in enumerate(shares)]
    plan_.append(Instalment("rest", 100 - sum(shares) if sum(shares) < 100 else 0))
    if sum(each.percent for each in plan_) == 100:
        sums = divided(amount_fen, plan_)
        assert sum(sums) == amount_fen
        assert min(sums) >= 0


def test_without_a_plan_that_holds_all_is_paid_at_once() -> None:
    for_level_one = (Line(Condition({"levels": frozenset({1})}), (ADVANCE, FINAL)),)
    situation = Situation(course=Course(level=5))
    assert plan(ruling("instalments", for_level_one), situation, DAY) == ALL_AT_ONCE
    assert plan(None, situation, DAY) == ALL_AT_ONCE


@pytest.mark.parametrize(("passed", "owed"), [(5, 0), (6, 0), (4, 200)])
def test_an_advance_is_clawed_back_below_the_bound(passed: int, owed: int) -> None:
    rule = ruling("claw_back", (Line(Condition({}), ClawBack("advance", 50, "passed", 50)),))
    situation = Situation(
        training_class=ClassOutcome(10, passed=passed), paid=(Paid("advance", "city", 400),)
    )
    debts = clawed_back(rule, situation, "city", DAY, {}, OWN)
    assert sum(debt.amount_fen for debt in debts) == owed


def test_nothing_is_clawed_back_before_the_outcome_or_without_a_payment() -> None:
    rule = ruling("claw_back", (Line(Condition({}), ClawBack("advance", 100, "passed", 50)),))
    paid = (Paid("advance", "city", 400),)
    assert clawed_back(rule, Situation(paid=paid), "city", DAY, {}, OWN) == ()
    unknown = Situation(training_class=ClassOutcome(10), paid=paid)
    assert clawed_back(rule, unknown, "city", DAY, {}, OWN) == ()
    unpaid = Situation(training_class=ClassOutcome(10, passed=0))
    assert clawed_back(rule, unpaid, "city", DAY, {}, OWN) == ()


@pytest.mark.parametrize(
    ("says", "owed"), [(Outcome.NO, 400), (Outcome.WAITING, 0), (Outcome.YES, 0)]
)
def test_an_advance_is_clawed_back_once_its_gate_says_no(says: Outcome, owed: int) -> None:
    rule = ruling(
        "claw_back", (Line(Condition({}), ClawBack("advance", 100, closed="result_needed")),)
    )
    situation = Situation(paid=(Paid("advance", "city", 400),))
    debts = clawed_back(rule, situation, "city", DAY, {"result_needed": says}, OWN)
    assert sum(debt.amount_fen for debt in debts) == owed


def test_nothing_is_set_off_against_a_part_that_is_kept_back_for_good() -> None:
    closed = replace(part("final", 600), outcome=Outcome.NO)
    debt = Debt("advance", "city", 100, "claw_back")
    assert offset([closed], [debt]) == ([closed], [debt])
    paid = part("advance", 700, paid=True)
    parts, debts = levelled([paid, closed], 1000, "city")
    assert [each.amount_fen for each in parts] == [700, 600]
    assert [each.amount_fen for each in debts] == [300]


def test_the_last_part_makes_up_for_what_was_paid_too_little_or_too_much() -> None:
    little = [part("advance", 300, paid=True), part("final", 600)]
    assert [each.amount_fen for each in levelled(little, 1000, "city")[0]] == [300, 700]
    much = [part("advance", 500, paid=True), part("final", 600)]
    assert [each.amount_fen for each in levelled(much, 1000, "city")[0]] == [500, 500]


def test_what_was_paid_beyond_the_whole_is_owed() -> None:
    beyond = [part("advance", 1200, paid=True), part("final", 600)]
    parts, debts = levelled(beyond, 1000, "city")
    assert [each.amount_fen for each in parts] == [1200, 0]
    assert [debt.amount_fen for debt in debts] == [200]
    all_paid = [part("advance", 700, paid=True), part("final", 400, paid=True)]
    assert levelled(all_paid, 1000, "city")[1][0].amount_fen == 100


def test_a_debt_that_was_set_off_is_not_owed_again() -> None:
    debt = Debt("advance", "city", 200, "claw_back")
    before, left = levelled(
        [part("advance", 400, paid=True), part("final", 600)], 1000, "city", [debt]
    )
    before, left = offset(before, left)
    assert ([each.amount_fen for each in before], left) == ([400, 400], [])
    after = [part("advance", 400, paid=True), part("final", 400, paid=True)]
    assert levelled(after, 1000, "city", [debt]) == (after, [])
    little = [part("advance", 400, paid=True), part("final", 450, paid=True)]
    assert levelled(little, 1000, "city", [debt])[1][0].amount_fen == 50


def test_what_a_former_plan_paid_counts_too() -> None:
    paid = (Paid("advance", "city", 300), Paid("advance", "district", 50), Paid("whole", "city", 0))
    former = stray(paid, ALL_AT_ONCE, "city", "worker")
    assert [(each.instalment, each.amount_fen, each.reason) for each in former] == [
        ("advance", 300, PAID)
    ]


def test_what_was_paid_too_much_is_owed_where_nothing_is_set_off() -> None:
    parts = [part("advance", 500, paid=True), part("final", 600)]
    assert [debt.amount_fen for debt in overpaid(parts, 1000, "city")] == [100]
    assert overpaid([part("advance", 300, paid=True), part("final", 600)], 1000, "city") == []


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 1500))
def test_a_debt_is_set_off_to_the_last_fen_and_no_further(first: int, last: int, owed: int) -> None:
    parts = [part("advance", first), part("final", last), part("whole", 99, fund="district")]
    after, left = offset(parts, [Debt("advance", "city", owed, "claw_back")])
    set_off = sum(each.amount_fen for each in parts) - sum(each.amount_fen for each in after)
    assert set_off == min(owed, first + last)
    assert sum(debt.amount_fen for debt in left) == owed - set_off
    assert after[2].amount_fen == 99


def test_a_part_paid_already_is_not_set_off_again() -> None:
    after, left = offset([part("advance", 400, paid=True)], [Debt("advance", "city", 100, "x")])
    assert (after[0].amount_fen, left[0].amount_fen) == (400, 100)


def gate(name: str) -> Ruling[Any]:
    return ruling(name, Employment(6, Event.CERTIFICATE))


def test_only_the_gates_that_some_part_needs_are_asked() -> None:
    gates = [gate("employed_within"), gate("employed_for")]
    half = Instalment("half", 50, needs=("employed_within",))
    asking = asked(gates, (half, Instalment("rest", 50, needs=())), None, top_ups=False)
    assert [each.rule for each in asking] == ["employed_within"]


def test_a_part_that_names_no_gates_and_a_top_up_ask_all() -> None:
    gates = [gate("employed_within"), gate("employed_for")]
    free = (Instalment("whole", 100, needs=()),)
    assert asked(gates, ALL_AT_ONCE, None, top_ups=False) == gates
    assert asked(gates, free, None, top_ups=True) == gates
    assert asked(gates, free, None, top_ups=False) == []

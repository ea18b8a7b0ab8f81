"""The forms of a standard and the steps after it: every bound, and what each leaves untouched."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules.amount.caps import Caps
from chalicelib.rules.amount.forms import (
    Bound,
    ByKindAndLevel,
    ByLevel,
    Ceiling,
    Flat,
    PerClass,
    ShareOfCost,
    Standard,
    Tier,
    Tiers,
)
from chalicelib.rules.amount.rounding import ROUNDINGS
from chalicelib.rules.amount.steps import STEPS, Fixed, Running, Stacked, TopUp, best_ratio
from chalicelib.rules.condition import Condition, Line
from chalicelib.rules.situation import (
    ClassOutcome,
    Course,
    Earlier,
    Fees,
    MissingInput,
    PersonFacts,
    Situation,
    Spell,
)
from chalicelib.rules.trace import Ruling

DAY = date(2026, 3, 2)
COURSE = Situation(course=Course("电工", 4, "basic", "online", {"theory": 50, "practice": 10}))


def fen(form: Any, situation: Situation = COURSE) -> Any:
    found = form.of(situation)
    return found and found[0]


def step(word: str, value: Any, before: Any, situation: Situation = COURSE) -> Running:
    ruling: Ruling[Any] = Ruling(word, value, "2026-01-01", "a test", DAY)
    return STEPS[word](ruling, Running(before), situation, DAY)[0]


def always(value: Any) -> tuple[Line[Any], ...]:
    return (Line(Condition({}), value),)


def test_a_table_gives_its_level_and_nothing_for_another() -> None:
    assert fen(ByLevel({5: 100, 4: 200})) == 200
    assert fen(ByLevel({5: 100})) is None
    with pytest.raises(MissingInput, match=r"course\.level"):
        fen(ByLevel({5: 100}), Situation())


def test_a_table_by_kind_and_level_needs_both() -> None:
    table = ByKindAndLevel({"basic": {4: 300}, "other": {4: 900}})
    assert fen(table) == 300
    assert fen(ByKindAndLevel({"other": {4: 900}})) is None
    with pytest.raises(MissingInput, match=r"course\.kind"):
        fen(table, Situation(course=Course(level=4)))


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ({"theory": 39}, 390),
        ({"theory": 40}, 400),
        ({"theory": 41}, 408),
        ({"theory": 41, "practice": 40}, 408 + 600),
        ({"practice": 100}, 600 + 60 * 12),
        ({"singing": 10}, 0),
    ],
)
def test_tiers_count_each_kind_of_hour_for_itself(hours: dict[str, int], expected: int) -> None:
    tiers = Tiers(
        "hours",
        (Tier(40, {"theory": 10, "practice": 15}), Tier(None, {"theory": 8, "practice": 12})),
    )
    assert fen(tiers, Situation(course=Course(hours=hours))) == expected


def test_beyond_the_last_bound_an_hour_earns_nothing() -> None:
    closed = Tiers("days", (Tier(5, {"theory": 100}),))
    assert fen(closed, Situation(course=Course(days={"theory": 9}))) == 500
    with pytest.raises(MissingInput, match=r"course\.days"):
        fen(closed)


def test_a_share_of_the_cost_stays_exact() -> None:
    assert fen(ShareOfCost(70), Situation(fees=Fees(training_fen=101))) == Fraction(707, 10)


@pytest.mark.parametrize(("cost", "expected"), [(899, 899), (900, 900), (901, 900)])
def test_the_lower_of_cost_and_ceiling_counts(cost: int, expected: int) -> None:
    lower = Standard(ShareOfCost(100), Ceiling(900, None))
    assert fen(lower, Situation(fees=Fees(training_fen=cost))) == expected


def test_a_ceiling_by_level_falls_back_on_the_common_one() -> None:
    assert fen(Standard(Flat(500), Ceiling(400, {4: 300}))) == 300
    assert fen(Standard(Flat(500), Ceiling(400, {5: 300}))) == 400
    assert fen(Standard(Flat(500), Ceiling(None, None))) == 500


@pytest.mark.parametrize(("employed", "class_fen"), [(7, 300), (8, 1000), (9, 1000), (2, 0)])
def test_a_class_earns_by_the_bound_it_reached(employed: int, class_fen: int) -> None:
    form = PerClass("employed", (Bound(80, 1000), Bound(30, 300)))
    shares = [
        fen(form, Situation(training_class=ClassOutcome(10, employed=employed, place=place)))
        for place in range(1, 11)
    ]
    assert sum(shares) == class_fen


@given(st.integers(0, 10**7), st.integers(1, 60))
def test_a_class_amount_is_split_to_the_last_fen(class_fen: int, enrolled: int) -> None:
    form = PerClass("passed", (Bound(0, class_fen),))
    shares = [
        fen(form, Situation(training_class=ClassOutcome(enrolled, passed=1, place=place)))
        for place in range(1, enrolled + 1)
    ]
    assert sum(shares) == class_fen
    assert max(shares) - min(shares) <= 1


def test_uplift_adds_and_the_mode_factor_multiplies() -> None:
    assert step("uplift", always(30), 1000).fen == 1300
    assert step("mode_factor", always(50), 1000).fen == 500
    nobody = (Line(Condition({"levels": frozenset({1})}), 30),)
    assert step("uplift", nobody, 1000).fen == 1000
    assert step("mode_factor", nobody, 1000).fen == 1000


def test_the_ratio_is_the_best_of_the_groups_each_by_its_first_line() -> None:
    person = PersonFacts(
        groups=(Spell("employee", date(2020, 1, 1)), Spell("student", date(2021, 1, 1)))
    )
    situation = Situation(person, Course("电工", 5))
    lines = (
        Line(Condition({"groups": frozenset({"employee"}), "levels": frozenset({5})}), 60),
        Line(Condition({"groups": frozenset({"employee"})}), 90),
        Line(Condition({"groups": frozenset({"student"})}), 70),
    )
    assert best_ratio(lines, situation, DAY) == (70, "student")
    assert best_ratio(lines[:2], situation, DAY) == (60, "employee")
    assert best_ratio((), situation, DAY) is None
    everybody = (Line(Condition({}), 40),)
    assert best_ratio(everybody, Situation(), DAY) == (40, "")


def test_caps_leave_what_earlier_vouchers_left_of_the_year_and_of_life() -> None:
    earlier = Earlier("p", date(2026, 1, 9), 700), Earlier("p", date(2025, 1, 9), 900)
    situation = Situation(earlier=earlier)
    assert step("caps", always(Caps(per_item_fen=999)), 1000, situation).fen == 999
    assert step("caps", always(Caps(per_year_fen=1500)), 1000, situation).fen == 800
    assert step("caps", always(Caps(per_person_fen=2000)), 1000, situation).fen == 400
    assert step("caps", always(Caps(per_person_fen=1600)), 1000, situation).fen == 0
    assert step("caps", always(Caps(per_year_fen=1700)), 1000, situation).fen == 1000


def test_caps_are_those_of_the_first_line_that_holds() -> None:
    lines = (
        Line(Condition({"levels": frozenset({4})}), Caps(per_item_fen=300)),
        Line(Condition({"levels": frozenset({3})}), Caps(per_item_fen=500)),
    )
    capped = [step("caps", lines, 1000, Situation(course=Course(level=n))).fen for n in (4, 3, 2)]
    assert capped == [300, 500, 1000]


def test_fixed_lines_add_a_sum_or_the_real_cost_up_to_a_ceiling() -> None:
    exam = Situation(fees=Fees(exam_fen=250))
    assert step("fixed", always(Fixed("exam", 200, None)), 1000).fen == 1200
    assert step("fixed", always(Fixed("exam", None, 300)), 1000, exam).fen == 1250
    assert step("fixed", always(Fixed("exam", None, 249)), 1000, exam).fen == 1249
    with pytest.raises(MissingInput, match=r"fees\.exam_fen"):
        step("fixed", always(Fixed("exam", None, 300)), 1000)


def test_every_top_up_that_holds_is_stacked_by_its_own_fund() -> None:
    lines = (
        Line(Condition({}), Stacked("district", ByLevel({4: 700}), None, None)),
        Line(Condition({"levels": frozenset({1})}), Stacked("other", Flat(1), None, None)),
        Line(Condition({}), Stacked("town", None, 10, "institution")),
        Line(Condition({}), Stacked("none", ByLevel({5: 700}), None, None)),
    )
    run = step("top_ups", lines, 1000)
    assert run.fen == 1000
    assert run.top_ups == (TopUp("district", 700), TopUp("town", Fraction(100), "institution"))


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [
        ("down-to-fen", 12345),
        ("half-up-to-fen", 12346),
        ("up-to-fen", 12346),
        ("down-to-yuan", 12300),
        ("half-up-to-yuan", 12300),
        ("up-to-yuan", 12400),
    ],
)
def test_rounding_does_what_its_name_says(rounding: str, expected: int) -> None:
    assert step("rounding", rounding, Fraction(24691, 2)).fen == expected


def test_half_a_yuan_goes_up_where_it_says_so() -> None:
    assert ROUNDINGS["half-up-to-yuan"](12350) == 12400
    assert ROUNDINGS["half-up-to-yuan"](12349) == 12300


@given(st.sampled_from(sorted(ROUNDINGS)), st.integers(0, 10**9))
def test_a_whole_yuan_is_never_rounded(rounding: str, yuan: int) -> None:
    assert ROUNDINGS[rounding](yuan * 100) == yuan * 100

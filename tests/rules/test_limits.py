"""Limits across vouchers: which further voucher, and which course, they let be."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import Refused
from chalicelib.rules import limits
from chalicelib.rules.moves import Shape, State, Verb
from chalicelib.rules.situation import Course, Earlier
from tests.builders import a_voucher

WELDER = Course("焊工", 4)
HAD = Earlier("skill-certificate", date(2026, 3, 2))
WELDED = replace(HAD, fund="employment-subsidy", occupation="焊工", level=4)
CERTIFIED = [Verb.CLAIM, Verb.VERIFY, Verb.ENROL, Verb.ASSESS]


def code(refused: Refused | None) -> str:
    return refused.code if refused else ""


@pytest.mark.parametrize(("had", "told"), [(1, ""), (2, "it"), (3, "it")])
@pytest.mark.parametrize(
    ("limit", "reached"),
    [
        (limits.per_period, "period_limit_reached"),
        (limits.per_year, "limit_reached"),
        (limits.in_total, "total_limit_reached"),
        (lambda most, had: limits.per_occupation(most, WELDER, had), "occupation_limit_reached"),
    ],
)
def test_a_number_is_reached_by_as_many_as_it_says(
    limit: Callable[[int, Sequence[Earlier]], Refused | None], reached: str, had: int, told: str
) -> None:
    assert code(limit(2, [HAD] * had)) == (reached if told else "")


def test_an_expired_voucher_counts_in_its_period_and_year_and_not_in_total() -> None:
    void = [replace(HAD, void=True)]
    assert code(limits.in_total(1, void)) == ""
    assert code(limits.per_period(1, void)) == "period_limit_reached"
    assert code(limits.per_year(1, void)) == "limit_reached"


def test_a_live_voucher_keeps_out_another_one() -> None:
    assert code(limits.one_live(True, [HAD])) == ""
    assert code(limits.one_live(True, [HAD, replace(HAD, live=True)])) == "voucher_still_live"


@pytest.mark.parametrize(("level", "reached"), [(3, ""), (4, "course_repeated"), (5, "")])
def test_the_same_level_again_is_refused_and_another_one_is_not(level: int, reached: str) -> None:
    assert code(limits.once(True, Course("焊工", level), [WELDED])) == reached


@pytest.mark.parametrize(
    ("held", "had", "reached"),
    [
        (("student",), [WELDED], "paid_once_for_group"),
        (("student", "trainee"), [WELDED], "paid_once_for_group"),
        (("student",), [], ""),
        (("student", "disabled"), [WELDED], ""),
        (("employee",), [WELDED], ""),
        ((), [WELDED], ""),
    ],
)
def test_who_is_of_such_groups_alone_has_one_course_for_life(
    held: tuple[str, ...], had: list[Earlier], reached: str
) -> None:
    once = frozenset({"student", "trainee"})
    assert code(limits.once_for_groups(once, held, had)) == reached


@pytest.mark.parametrize(("level", "reached"), [(3, ""), (4, ""), (5, "lower_level")])
def test_after_a_level_no_lower_one(level: int, reached: str) -> None:
    assert code(limits.no_lower(True, Course("焊工", level), [WELDED])) == reached


@pytest.mark.parametrize(
    ("fund", "level", "reached"),
    [("employment-subsidy", 4, "fund_excluded"), ("employment-subsidy", 3, ""), ("other", 4, "")],
)
def test_a_fund_keeps_out_another_one_for_the_same_level(
    fund: str, level: int, reached: str
) -> None:
    paying = [replace(WELDED, fund=fund)]
    assert code(limits.funds(["employment-subsidy"], Course("焊工", level), paying)) == reached


@pytest.mark.parametrize(
    ("shape", "verbs", "live", "course"),
    [
        (Shape.CLASS, [], True, False),
        (Shape.CLASS, CERTIFIED[:3], True, True),
        (Shape.CLASS, CERTIFIED, None, True),
        (Shape.CLASS, [*CERTIFIED[:3], Verb.FAIL], None, False),
        (Shape.CHECK_IN, [*CERTIFIED[:3], Verb.CLOSE], None, True),
    ],
)
def test_what_a_voucher_counts_as_follows_from_where_it_stands(
    shape: Shape, verbs: Sequence[Verb], live: bool | None, course: bool
) -> None:
    found = limits.earlier(a_voucher(shape, verbs=verbs), HAD.on, "f")
    assert (found.live, found.void) == (live, None)
    wanted = ("f", "养老护理员", 5) if course else (None, None, None)
    assert (found.fund, found.occupation, found.level) == wanted


def test_an_expired_voucher_is_void_and_has_no_course() -> None:
    expired = a_voucher(verbs=[Verb.CLAIM, Verb.EXPIRE])
    assert expired.state is State.EXPIRED
    assert limits.earlier(expired, HAD.on, "f") == Earlier("social-training", HAD.on, void=True)


courses = st.builds(Course, st.sampled_from(["焊工", "电工"]), st.integers(1, 5))


@given(st.lists(courses, max_size=12))
def test_whoever_is_let_through_only_ever_climbs(wanted: list[Course]) -> None:
    had: dict[Any, list[Earlier]] = {"焊工": [], "电工": []}
    for course in wanted:
        alike = had[course.occupation]
        if not limits.once(True, course, alike) and not limits.no_lower(True, course, alike):
            alike.append(replace(HAD, occupation=course.occupation, level=course.level))
    for alike in had.values():
        levels = [one.level or 0 for one in alike]
        assert levels == sorted(set(levels), reverse=True)


def test_vouchers_of_two_periods_in_one_year_are_counted_apart() -> None:
    assert limits.key_of_year("p", "2026", 1, 2026) == "p/1"
    assert limits.key_of_year("p", "2026-autumn", 1, 2026) == "p/2026-autumn/1"

"""Limits across vouchers: which further voucher, and which course, they let be."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import Refused
from chalicelib.rules import limits
from chalicelib.rules.limits import Counted, Course, Limits, check_another, check_course
from chalicelib.rules.moves import Shape, State, Verb
from tests.builders import a_voucher

OWN, OTHER = "skill-certificate", "social-training"
WELDER = Course("焊工", 4, "employment-subsidy")
CERTIFIED = [Verb.CLAIM, Verb.VERIFY, Verb.ENROL, Verb.ASSESS]


def code_of(allowed: Limits, wanted: Course, *others: Counted) -> str:
    with pytest.raises(Refused) as refused:
        check_course(allowed, OWN, wanted, others)
    return refused.value.code


@pytest.mark.parametrize(("held", "allowed"), [(1, True), (2, False), (3, False)])
def test_in_total_counts_the_vouchers_of_the_programme_alone(held: int, allowed: bool) -> None:
    others = (*(Counted(OWN) for _ in range(held)), *(Counted(OTHER) for _ in range(5)))
    if allowed:
        check_another(Limits(in_total=2), OWN, others)
    else:
        with pytest.raises(Refused, match="total_limit_reached") as refused:
            check_another(Limits(in_total=2), OWN, others)
        assert (refused.value.facts, refused.value.rule.section) == ({"limit": 2}, "二.(一)")


def test_a_live_voucher_keeps_out_another_one_of_its_programme() -> None:
    check_another(Limits(one_live=True), OWN, (Counted(OWN), Counted(OTHER, live=True)))
    with pytest.raises(Refused, match="voucher_still_live"):
        check_another(Limits(one_live=True), OWN, (Counted(OWN, live=True),))


def test_an_occupation_has_so_many_vouchers_at_any_level() -> None:
    others = Counted(OWN, course=WELDER), Counted(OWN, course=Course("电工", 4))
    check_course(Limits(per_occupation=2), OWN, Course("焊工", 3), others)
    assert code_of(Limits(per_occupation=1), Course("焊工", 3), *others) == (
        "occupation_limit_reached"
    )


def test_the_same_level_again_is_refused_and_another_one_is_not() -> None:
    once, held = Limits(once_per_course=True), Counted(OWN, course=WELDER)
    assert code_of(once, WELDER, held) == "course_repeated"
    for level in (3, 5):
        check_course(once, OWN, Course("焊工", level), (held,))
    check_course(once, OWN, WELDER, (Counted(OTHER, course=WELDER), Counted(OWN)))


@pytest.mark.parametrize(("level", "allowed"), [(3, True), (4, True), (5, False)])
def test_after_a_level_no_lower_one(level: int, allowed: bool) -> None:
    upwards, held = Limits(no_lower_level=True), Counted(OWN, course=WELDER)
    if allowed:
        check_course(upwards, OWN, Course("焊工", level), (held,))
    else:
        assert code_of(upwards, Course("焊工", level), held) == "lower_level"
    check_course(upwards, OWN, Course("电工", level), (held,))


def test_a_fund_keeps_out_another_one_for_the_same_course_whatever_the_programme() -> None:
    excluding = Limits(excluded_funds=frozenset({"employment-subsidy"}))
    held = Counted(OTHER, course=WELDER)
    assert code_of(excluding, Course("焊工", 4, "mine"), held) == "fund_excluded"
    check_course(excluding, OWN, Course("焊工", 3, "mine"), (held,))
    check_course(excluding, OWN, WELDER, (Counted(OTHER, course=Course("焊工", 4, "third")),))


@pytest.mark.parametrize(
    ("shape", "verbs", "live", "course"),
    [
        (Shape.CLASS, [], True, False),
        (Shape.CLASS, CERTIFIED[:3], True, True),
        (Shape.CLASS, CERTIFIED, False, True),
        (Shape.CLASS, [*CERTIFIED[:3], Verb.FAIL], False, False),
        (Shape.CHECK_IN, [*CERTIFIED[:3], Verb.CLOSE], False, True),
    ],
)
def test_what_a_voucher_counts_as_follows_from_where_it_stands(
    shape: Shape, verbs: Sequence[Verb], live: bool, course: bool
) -> None:
    counted = limits.counted(a_voucher(shape, verbs=verbs), whole=True, courses=True, fund="f")
    assert counted is not None
    assert (counted.live, counted.course) == (
        live,
        Course("养老护理员", 5, "f") if course else None,
    )


def test_an_expired_voucher_counts_as_nothing() -> None:
    expired = a_voucher(verbs=[Verb.CLAIM, Verb.EXPIRE])
    assert expired.state is State.EXPIRED
    assert limits.counted(expired, whole=True, courses=True, fund=None) is None


def test_a_programme_that_limits_courses_counts_no_voucher_without_one() -> None:
    assert limits.counted(a_voucher(), whole=False, courses=True, fund=None) is None
    enrolled = a_voucher(verbs=CERTIFIED[:3])
    assert limits.counted(enrolled, whole=True, courses=False, fund=None) == Counted(
        "social-training", live=True
    )


courses = st.builds(Course, st.sampled_from(["焊工", "电工"]), st.integers(1, 5))


@given(st.lists(courses, max_size=12))
def test_whoever_is_let_through_only_ever_climbs(wanted: list[Course]) -> None:
    upwards = Limits(once_per_course=True, no_lower_level=True)
    had: tuple[Counted, ...] = ()
    for course in wanted:
        try:
            check_course(upwards, OWN, course, had)
        except Refused:
            continue
        had = (*had, Counted(OWN, course=course))
    for occupation in ("焊工", "电工"):
        levels = [
            one.course.level for one in had if one.course and one.course.occupation == occupation
        ]
        assert levels == sorted(set(levels), reverse=True)


def test_vouchers_of_two_periods_in_one_year_are_counted_apart() -> None:
    assert limits.key_of_year("p", "2026", 1, 2026) == "p/1"
    assert limits.key_of_year("p", "2026-autumn", 1, 2026) == "p/2026-autumn/1"

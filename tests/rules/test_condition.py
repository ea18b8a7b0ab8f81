"""Conditions: each word of a line, the day before, on and after it begins to hold."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.rules.condition import WORDS, Condition, Line, first
from chalicelib.rules.situation import (
    Course,
    Fees,
    MissingInput,
    PersonFacts,
    Situation,
    Spell,
)

DAY = date(2026, 3, 2)
PERSON = PersonFacts(
    local=True,
    district="310101",
    born_on=date(1976, 3, 2),
    sex="female",
    groups=(Spell("employee", date(2026, 3, 2), date(2026, 3, 31)),),
    insured=(Spell("", date(2025, 3, 3)),),
    employed=(Spell("91310101MA1FTEST0A", date(2026, 3, 2), date(2026, 3, 31)),),
    listed=(Spell("laid-off", date(2026, 3, 2)),),
)
SITUATION = Situation(
    person=PERSON,
    course=Course(occupation="电工", level=4, kind="directed", mode="offline"),
    institution_kind="vocational-school",
    district="310104",
    fees=Fees(paid_by="worker"),
)
HOLDS_FROM = {
    "groups": frozenset({"employee"}),
    "employed": True,
    "listed": "laid-off",
    "age_at_least": 50,
    "insured_months_at_least": 12,
}
ENDED = replace(PERSON, insured=(Spell("", date(2020, 3, 3), date(2026, 3, 1)),))
HOLDS = {
    "local": (True, False),
    "insured": (True, False),
    "sex": ("female", "male"),
    "districts": (frozenset({"310104"}), frozenset({"310101"})),
    "occupations": (frozenset({"电工"}), frozenset({"焊工"})),
    "levels": (frozenset({4}), frozenset({5})),
    "level_at_least": (4, 3),
    "kinds": (frozenset({"directed"}), frozenset({"other"})),
    "modes": (frozenset({"offline"}), frozenset({"online"})),
    "paid_by": (frozenset({"worker"}), frozenset({"enterprise"})),
    "institution_kinds": (frozenset({"vocational-school"}), frozenset({"skill-base"})),
    "age_at_most": (50, 49),
}


def means(word: str, wanted: object, situation: Situation = SITUATION, on: date = DAY) -> bool:
    return Condition({word: wanted}).means(situation, on)


def test_every_word_is_tried_here() -> None:
    assert HOLDS_FROM.keys() | HOLDS.keys() | {"joined_within_months"} == WORDS.keys()


@pytest.mark.parametrize("word", HOLDS_FROM)
def test_a_dated_fact_holds_from_its_day(word: str) -> None:
    assert not means(word, HOLDS_FROM[word], on=date(2026, 3, 1))
    assert means(word, HOLDS_FROM[word], on=DAY)
    assert means(word, HOLDS_FROM[word], on=date(2026, 3, 3))


@pytest.mark.parametrize("word", ["groups", "employed"])
def test_a_dated_fact_holds_to_its_last_day(word: str) -> None:
    assert means(word, HOLDS_FROM[word], on=date(2026, 3, 31))
    assert not means(word, HOLDS_FROM[word], on=date(2026, 4, 1))


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2026, 3, 1), False),
        (date(2026, 3, 2), True),
        (date(2031, 3, 1), True),
        (date(2031, 3, 2), True),
        (date(2031, 3, 3), False),
    ],
)
def test_one_has_joined_within_months_up_to_the_same_day_so_many_months_later(
    day: date, held: bool
) -> None:
    veteran = PersonFacts(groups=(Spell("veteran", DAY), Spell("employee", date(2010, 1, 1))))
    assert means("joined_within_months", {"veteran": 60}, Situation(veteran), day) is held


def test_a_group_that_ended_was_not_joined_within_months() -> None:
    ended = PersonFacts(groups=(Spell("veteran", DAY, date(2026, 3, 31)),))
    assert not means("joined_within_months", {"veteran": 60}, Situation(ended), date(2026, 4, 1))


@pytest.mark.parametrize("word", HOLDS)
def test_a_word_holds_for_what_it_means_and_for_nothing_else(word: str) -> None:
    meant, other = HOLDS[word]
    assert means(word, meant)
    assert not means(word, other)


def test_insured_months_are_whole_ones_of_all_spells_together() -> None:
    split = replace(
        PERSON,
        insured=(
            Spell("", date(2024, 1, 1), date(2024, 6, 30)),
            Spell("", date(2025, 9, 1), date(2026, 2, 27)),
        ),
    )
    situation = replace(SITUATION, person=split)
    assert means("insured_months_at_least", 11, situation)
    assert not means("insured_months_at_least", 12, situation)


def test_insured_twice_at_a_time_is_insured_once_and_without_a_break_is_one_spell() -> None:
    twice = (Spell("a", date(2025, 3, 2)), Spell("b", date(2025, 3, 2), date(2025, 12, 1)))
    on_and_on = (Spell("a", date(2025, 3, 2), date(2025, 9, 15)), Spell("a", date(2025, 9, 16)))
    for insured in (twice, on_and_on):
        situation = replace(SITUATION, person=replace(PERSON, insured=insured))
        assert means("insured_months_at_least", 12, situation)
        assert not means("insured_months_at_least", 13, situation)


def test_who_was_insured_once_is_not_insured_now() -> None:
    ended = replace(SITUATION, person=ENDED)
    assert means("insured_months_at_least", 71, ended)
    assert means("insured", False, ended)
    assert not means("insured", True, ended)
    assert means("insured", True)


def test_the_day_of_a_leap_year_is_a_birthday_in_march_of_other_years() -> None:
    born = replace(SITUATION, person=replace(PERSON, born_on=date(2008, 2, 29)))
    assert not means("age_at_least", 18, born, date(2026, 2, 28))
    assert means("age_at_least", 18, born, date(2026, 3, 1))


@pytest.mark.parametrize(
    ("word", "wanted", "missing"),
    [
        ("age_at_least", 18, "person.born_on"),
        ("sex", "female", "person.sex"),
        ("districts", frozenset({"310101"}), "district"),
        ("occupations", frozenset({"电工"}), "course.occupation"),
        ("levels", frozenset({5}), "course.level"),
        ("modes", frozenset({"online"}), "course.mode"),
        ("paid_by", frozenset({"worker"}), "fees.paid_by"),
        ("institution_kinds", frozenset({"skill-base"}), "institution_kind"),
    ],
)
def test_a_fact_that_nobody_recorded_is_named(word: str, wanted: object, missing: str) -> None:
    with pytest.raises(MissingInput) as found:
        means(word, wanted, Situation())
    assert found.value.name == missing


def test_the_first_line_whose_every_word_holds_counts() -> None:
    lines = (
        Line(Condition({"local": True, "levels": frozenset({5})}), "special"),
        Line(Condition({"local": True}), "usual"),
        Line(Condition({}), "everybody"),
    )
    found = first(lines, SITUATION, DAY)
    assert found is not None
    assert found.value == "usual"
    assert first(lines[:1], SITUATION, DAY) is None

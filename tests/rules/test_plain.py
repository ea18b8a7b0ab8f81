"""Plain data and frozen values: what goes out comes back, and what is misshapen is named."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules.plain import Misshapen, plain, typed
from chalicelib.rules.situation import Course, Event, PersonFacts, Result, Situation, Spell

DAYS = st.dates(date(1950, 1, 1), date(2030, 1, 1))
SPELLS = st.builds(Spell, st.sampled_from(["employee", "veteran"]), DAYS, st.none() | DAYS)
SITUATIONS = st.builds(
    Situation,
    person=st.builds(
        PersonFacts,
        local=st.booleans(),
        born_on=st.none() | DAYS,
        groups=st.lists(SPELLS, max_size=3).map(tuple),
    ),
    course=st.builds(
        Course,
        occupation=st.none() | st.sampled_from(["电工", "养老护理员"]),
        level=st.none() | st.integers(1, 9),
        hours=st.dictionaries(st.sampled_from(["theory", "practice"]), st.integers(0, 200)),
    ),
    events=st.dictionaries(st.sampled_from(list(Event)), DAYS),
    result=st.builds(Result, passed=st.none() | st.booleans()),
)


@given(SITUATIONS)
def test_a_situation_comes_back_from_plain_data_as_it_went(situation: Situation) -> None:
    assert typed(Situation, plain(situation)) == situation


def test_what_is_absent_is_left_out() -> None:
    told = plain(Situation(course=Course(level=5)))
    assert told == {"person": {"local": False}, "course": {"level": 5}}


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"course": {"levle": 5}}, r"course\.levle: is unknown; known are occupation, level"),
        ({"course": {"level": "5"}}, r"course\.level: is '5', needs a whole number"),
        ({"course": {"level": True}}, r"course\.level: is True, needs a whole number"),
        ({"person": {"local": 1}}, r"person\.local: is 1, needs true or false"),
        ({"person": {"groups": [{"name": "x"}]}}, r"person\.groups\[1\]\.since: is missing"),
        ({"person": {"born_on": "soon"}}, r"person\.born_on: is 'soon', needs a date"),
        ({"events": {"birthday": "2026-01-01"}}, r"events: is 'birthday', needs one of issue"),
        ({"course": 5}, r"course: needs a table"),
        ({"person": {"groups": "employee"}}, r"person\.groups: needs a list"),
    ],
)
def test_what_is_misshapen_is_named_by_its_path(told: dict[str, object], message: str) -> None:
    with pytest.raises(Misshapen, match=message):
        typed(Situation, told)

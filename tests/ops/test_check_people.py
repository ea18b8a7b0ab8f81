"""The checker reads what is known of people, of today and of before, and finds what overlaps."""

import json
from copy import deepcopy
from datetime import date

import pytest

from chalicelib.rules.person import Fact, FactKind
from chalicelib.store.dump import Item
from ops.check import read_people
from tests import groups
from tests.ops import city_at_rest
from tests.ops.breaking import Lived, found, one

MARCH, MAY = date(2026, 3, 1), date(2026, 5, 1)
GROUP = [groups.EMPLOYEE, "2026-03-01", None]


@pytest.fixture
def city(shared_city: None) -> Lived:
    return deepcopy(city_at_rest.lived())


def profile(city: Lived) -> Item:
    person_id = city.voucher("issued")["person_id"]
    return one(city.dump.people, id=person_id, part="profile")


def test_facts_of_every_kind_are_read_with_who_said_so(city: Lived) -> None:
    item = profile(city)
    item["facts"] = json.dumps([[*GROUP, "r-1:2", ""]])
    item["spells"] = json.dumps([["listed", "名单", "2026-03-01", "2026-05-01", "r-1:3", "r-2:2"]])
    item |= {"born_on": "1980-01-02", "sex": "female", "noted": 3}
    person = read_people.person(item)
    assert person.facts == (
        Fact(FactKind.GROUP, groups.EMPLOYEE, MARCH, None, begun_by="r-1:2"),
        Fact(FactKind.LISTED, "名单", MARCH, MAY, begun_by="r-1:3", ended_by="r-2:2"),
    )
    assert (person.born_on, person.sex, person.noted) == (date(1980, 1, 2), "female", 3)


def test_a_profile_of_before_other_facts_were_kept_has_its_groups(city: Lived) -> None:
    item = profile(city)
    for since_then in ("spells", "born_on", "sex", "noted"):
        item.pop(since_then, None)
    item["facts"] = json.dumps([GROUP])
    person = read_people.person(item)
    assert person.facts == (Fact(FactKind.GROUP, groups.EMPLOYEE, MARCH, None),)
    assert (person.born_on, person.sex, person.noted) == (None, None, 0)


@pytest.mark.parametrize(
    "spells",
    [
        [["listed", "名单", "2026-03-01", None], ["listed", "名单", "2026-05-01", None]],
        [["listed", "名单", "2026-05-01", None], ["listed", "名单", "2026-03-01", "2026-05-01"]],
        [["insured", "", "2026-05-01", "2026-03-01"]],
    ],
)
def test_a_fact_kept_twice_or_ended_before_it_began_is_found(
    city: Lived, spells: list[list[str]]
) -> None:
    profile(city)["spells"] = json.dumps(spells)
    assert found(city.dump) == {"facts-apart"}


def test_the_same_again_later_and_another_at_once_are_no_breach(city: Lived) -> None:
    profile(city)["spells"] = json.dumps(
        [
            *[
                ["listed", "名单", "2026-03-01", "2026-04-30"],
                ["listed", "名单", "2026-05-01", None],
            ],
            ["listed", "另一名单", "2026-03-01", None],
        ]
    )
    assert found(city.dump) == set()

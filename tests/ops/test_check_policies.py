"""The checker finds each hand-made breach around policies and their approval."""

import json
from copy import deepcopy

import pytest

from chalicelib.store.dump import Item
from tests.ops import city_at_rest
from tests.ops.breaking import Lived, change, drop, found, one, retell


@pytest.fixture
def city(shared_city: None) -> Lived:
    return deepcopy(city_at_rest.lived())


def version(city: Lived) -> Item:
    """The item of the check-in voucher's policy, under which nothing was decided."""
    return one(city.dump.programmes, id=f"policy#{timeline(city)[0]['hash']}")


def timeline(city: Lived) -> list[Item]:
    item = one(city.dump.programmes, id="check-in", part="current")
    told: list[Item] = json.loads(item["approved"])
    return told


def govern(city: Lived, approved: list[Item]) -> None:
    one(city.dump.programmes, id="check-in", part="current")["approved"] = json.dumps(approved)


def test_a_document_changed_in_place_is_found(city: Lived) -> None:
    document = json.loads(version(city)["document"])
    document["name"] = {"en": "another"}
    version(city)["document"] = json.dumps(document)
    assert found(city.dump) == {"policy-hash"}


def test_a_proposer_who_approves_his_policy_is_found(city: Lived) -> None:
    retell(version(city), change("approve", by=version(city)["proposer"]))
    assert found(city.dump) == {"policy-second-person"}


def test_a_proposer_the_policy_does_not_tell_of_is_found(city: Lived) -> None:
    version(city)["proposer"] = "somebody-else"
    assert found(city.dump) == {"policy-second-person"}


def test_a_policy_in_force_without_an_approval_is_found(city: Lived) -> None:
    retell(version(city), drop("approve"))
    version(city)["state"] = "proposed"
    assert found(city.dump) == {"policy-in-force"}


def test_an_approval_of_which_the_timeline_does_not_know_is_found(city: Lived) -> None:
    govern(city, [])
    assert found(city.dump) == {"policy-in-force"}


def test_a_day_of_effect_moved_by_hand_is_found(city: Lived) -> None:
    [approved] = timeline(city)
    govern(city, [approved | {"from": "2026-01-02"}])
    assert found(city.dump) == {"policy-in-force"}


def test_a_policy_published_before_there_were_proposals_is_sound(city: Lived) -> None:
    item = version(city)
    for name in ("history", "ver", "state", "proposer"):
        del item[name]
    item["published_by"], item["published_at"] = "officer", "2026-01-01T00:00:00+08:00"
    assert found(city.dump) == set()


def test_a_policy_event_changed_in_place_breaks_its_chain(city: Lived) -> None:
    events = version(city)["history"]
    events[0] = events[0].replace('"role":"worker"', '"role":"other"')
    assert found(city.dump) == {"policy-history"}


def test_a_policy_that_stands_elsewhere_than_its_history_is_found(city: Lived) -> None:
    version(city)["state"] = "withdrawn"
    assert found(city.dump) == {"policy-history"}

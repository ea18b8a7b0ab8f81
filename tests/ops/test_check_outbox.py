"""Every voucher event told once: the checker finds each hand-made breach of it."""

import json
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.store.dump import Item
from tests.ops import city_at_rest
from tests.ops.breaking import Lived, found, one


@pytest.fixture
def city(shared_city: None) -> Lived:
    return deepcopy(city_at_rest.lived())


def row(city: Lived, name: str, number: int = 1) -> Item:
    """The row of an event of a voucher."""
    return one(city.dump.outbox, id=f"{city.vouchers[name]}.{number}")


def retold(item: Item, **changes: Any) -> None:
    """Rewrites what a row tells of its voucher."""
    event = json.loads(item["event"])
    data = {**event["data"], **changes}
    item["event"] = json.dumps({**event, "data": {k: v for k, v in data.items() if v is not None}})


def test_the_sound_city_told_everything(city: Lived) -> None:
    assert found(city.dump) == set()
    assert {item["delivery"] for item in city.dump.outbox} == {"done", "refused", "due"}


def test_an_event_nobody_was_told_of_is_found(city: Lived) -> None:
    rest = tuple(item for item in city.dump.outbox if item is not row(city, "paid", 3))
    assert found(replace(city.dump, outbox=rest)) == {"told-once"}


def test_a_row_of_no_event_is_found(city: Lived) -> None:
    double = {**row(city, "paid", 1), "id": f"{city.vouchers['paid']}.59"}
    assert found(replace(city.dump, outbox=(*city.dump.outbox, double))) == {"told-once"}


def test_a_row_that_tells_another_event_is_found(city: Lived) -> None:
    retold(row(city, "paid", 2), state="EXPIRED")
    assert found(city.dump) == {"told-once"}


def test_an_issue_without_its_person_and_another_event_with_one_are_found(city: Lived) -> None:
    retold(row(city, "paid", 1), sealed=None)
    assert found(city.dump) == {"person-sealed"}
    retold(row(city, "paid", 1), sealed="c2VhbGVk")
    retold(row(city, "paid", 2), sealed="c2VhbGVk")
    assert found(city.dump) == {"person-sealed"}


def test_a_refusal_that_nobody_sees_is_found(city: Lived) -> None:
    kept = tuple(item for item in city.dump.cases if item["kind"] != "national-refusal")
    assert len(kept) < len(city.dump.cases)
    assert found(replace(city.dump, cases=kept)) == {"refusal-has-case"}


def test_a_row_that_is_due_and_that_nobody_would_send_is_found(city: Lived) -> None:
    del row(city, "certificate")["due"]
    assert found(city.dump) == {"due-waits"}


def test_a_row_that_would_be_sent_for_ever_is_found(city: Lived) -> None:
    row(city, "paid").update(due="due#1", due_on="2026-03-02T09:05:00+08:00")
    assert found(city.dump) == {"due-waits"}

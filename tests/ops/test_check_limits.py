"""The checker judges every limit across vouchers again, and finds counts that are not so."""

import json
from copy import deepcopy
from dataclasses import replace
from functools import cache
from typing import Any

import boto3
import pytest

from chalicelib.store import dump
from chalicelib.store.dump import OWNERS, Dump
from ops.check import report
from tests import limits, money, seeding
from tests.limits import LIMITED, brought, claimed
from tests.ops.breaking import one

LOOSE = {
    "vouchers_in_total": 9,
    "vouchers_per_occupation": 9,
    "once_per_occupation_and_level": False,
    "one_live": False,
    "once_for_groups": ["veteran"],
    "no_lower_level": False,
    "excludes_funds": [],
}
"""Every limit there is, and none that keeps anybody out."""


@cache
def lived() -> Dump:
    """A worker with three certificates of one occupation, another one with two live vouchers."""
    seeding.publish()
    limits.publish(**LOOSE)
    for n in (1, 2):
        money.learner(n)
        for order in (1, 2, 3)[: 4 - n]:
            claimed(n, f"claim-{order}")
    for order, level in enumerate((4, 5, 4), 1):
        brought(1, order, level=level)
    names = {owner: f"{owner}_table" for owner in OWNERS}
    return dump.read(boto3.client("dynamodb"), names)


@pytest.fixture
def city(shared_city: None) -> Dump:
    return deepcopy(lived())


def breaches(city: Dump) -> set[tuple[str, str]]:
    """What the checker finds, but for what no test here is about."""
    apart = {"figures", "told-once", "policy-hash"}
    return {
        (breach.invariant, breach.found)
        for breach in report(city).breaches
        if breach.invariant not in apart
    }


def tighten(city: Dump, name: str, value: Any) -> None:
    """The policy as if it had always had this limit."""
    for item in city.programmes:
        document = json.loads(item.get("document") or "{}")
        if document.get("programme") == LIMITED:
            document["parameters"][name]["values"][0]["value"] = value
            item["document"] = json.dumps(document)


def counts(city: Dump) -> dict[str, Any]:
    return one(city.people, id=limits.person_of(2), part="counts")


def test_a_city_within_its_limits_is_sound(city: Dump) -> None:
    assert breaches(city) == set()


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("vouchers_in_total", 2, "total_limit_reached"),
        ("one_live", True, "voucher_still_live"),
        ("vouchers_per_occupation", 2, "occupation_limit_reached"),
        ("once_per_occupation_and_level", True, "course_repeated"),
        ("once_for_groups", ["registered-unemployed"], "paid_once_for_group"),
        ("no_lower_level", True, "lower_level"),
        ("excludes_funds", ["unemployment-insurance"], "fund_excluded"),
    ],
)
def test_a_voucher_beyond_a_limit_is_found(city: Dump, name: str, value: Any, code: str) -> None:
    tighten(city, name, value)
    assert breaches(city) == {("entitlement-limits", code)}


@pytest.mark.parametrize(
    ("name", "value"),
    [("vouchers_in_total", 3), ("vouchers_per_occupation", 3), ("excludes_funds", ["another"])],
)
def test_a_limit_that_is_just_kept_is_no_breach(city: Dump, name: str, value: Any) -> None:
    tighten(city, name, value)
    assert breaches(city) == set()


def test_a_voucher_that_is_not_counted_is_found(city: Dump) -> None:
    item = counts(city)
    kept = json.loads(item["vouchers"])
    del kept[f"{LIMITED}/2026/1"]
    item["vouchers"] = json.dumps(kept)
    assert {invariant for invariant, _ in breaches(city)} == {"entitlement-counts"}


def test_a_voucher_that_is_counted_as_something_else_is_found(city: Dump) -> None:
    item = counts(city)
    item["vouchers"] = item["vouchers"].replace('"live": true', '"live": false')
    assert {invariant for invariant, _ in breaches(city)} == {"entitlement-counts"}


def test_counts_of_somebody_without_a_voucher_are_found(city: Dump) -> None:
    stray = {**counts(city), "id": "p-nobody"}
    found = breaches(replace(city, people=(*city.people, stray)))
    assert {invariant for invariant, _ in found} == {"entitlement-counts"}


def test_counts_that_cannot_be_read_are_found(city: Dump) -> None:
    counts(city)["vouchers"] = "["
    assert "readable" in {invariant for invariant, _ in breaches(city)}

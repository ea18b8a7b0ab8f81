"""What only the programmes of a place together show: names of nobody, courses that nobody keeps."""

from copy import deepcopy
from typing import Any

import pytest

from chalicelib.policy.document import Document
from chalicelib.policy.place import read_place
from chalicelib.policy.together import faults
from tests.builders import POLICIES

TRAINING, CERTIFICATE = "social-training", "skill-certificate"


@pytest.fixture
def place() -> dict[str, Document]:
    return deepcopy(read_place(POLICIES))


def put(document: Document, name: str, value: Any) -> None:
    entry = {"from": "2026-01-01", "value": value, "source": "test"}
    document["parameters"][name] = {"unit": "test", "values": [entry]}


def test_shanghai_s_programmes_fit_together(place: dict[str, Document]) -> None:
    assert faults(place) == ()


@pytest.mark.parametrize("named", ["bakery", [TRAINING, "bakery"]])
def test_a_programme_that_stands_behind_one_there_is_not_is_refused(
    place: dict[str, Document], named: Any
) -> None:
    put(place["check-in"], "not_eligible_for", named)
    ((programme, name, fault),) = faults(place)
    assert (programme, name) == ("check-in", "not_eligible_for")
    assert fault.startswith("names bakery, no programme of this place;")


@pytest.mark.parametrize(
    "paid_from", ["district-310101", [{"groups": ["employee"], "fund": "district-310101"}]]
)
def test_an_excluded_fund_is_one_whose_courses_are_kept(
    place: dict[str, Document], paid_from: Any
) -> None:
    put(place[CERTIFICATE], "excludes_funds", ["district-310101"])
    assert faults(place) == ()
    put(place[TRAINING], "fund", paid_from)
    ((programme, name, fault),) = faults(place)
    assert (programme, name) == (CERTIFICATE, "excludes_funds")
    assert fault.startswith("names district-310101, from which")
    assert f"give {TRAINING} excludes_funds too" in fault
    put(place[TRAINING], "excludes_funds", [])
    assert faults(place) == ()

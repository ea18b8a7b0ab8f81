"""What a folder may leave unsaid: a value's day where its file names one, the last part's share."""

import shutil
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest

from chalicelib.policy import Policy
from chalicelib.policy.check import FaultyPolicy, checked
from chalicelib.policy.place import read
from tests.builders import POLICIES


def test_a_value_without_a_day_of_its_own_begins_on_its_files_day(tmp_path: Path) -> None:
    place = tmp_path / "shanghai"
    shutil.copytree(POLICIES, place)
    (place / "social-training" / "claiming.toml").write_text(
        """from = 2026-05-01
[one_live]
unit = "flag"
[[one_live.values]]
value = true
source = "a test"
[[one_live.values]]
from = 2026-06-01
repealed = true
source = "a test"
"""
    )
    values = read(place / "social-training")["parameters"]["one_live"]["values"]
    assert [value["from"] for value in values] == ["2026-05-01", "2026-06-01"]


@pytest.mark.parametrize(
    ("shares", "fault"),
    [
        ([50, None], ""),
        ([50, 50], ""),
        ([None], ""),
        ([50, 40], "sum to 90; need 100"),
        ([60, 40, None], "sum to 100; need less"),
        ([None, 50], "part 1: percent: is None"),
    ],
)
def test_only_the_last_part_may_leave_its_share_to_what_is_left(
    shares: list[int | None], fault: str
) -> None:
    parts = [
        {"name": str(n), "percent": share} if share is not None else {"name": str(n)}
        for n, share in enumerate(shares)
    ]
    document = deepcopy(read(POLICIES / "skill-certificate"))
    document["parameters"]["instalments"] = {
        "unit": "instalments",
        "governed_by": "certificate",
        "values": [{"from": "2024-01-01", "value": [{"parts": parts}], "source": "a test"}],
    }
    order = document["parameters"]["order"]["values"][0]
    order["value"] = [*order["value"], "instalments"]
    if fault:
        with pytest.raises(FaultyPolicy, match=fault):
            checked(document)
        return
    plan = Policy.of("a", checked(document)).read("instalments", date(2024, 1, 1))
    assert sum(part.percent for part in plan[0].value) == 100


def test_parameters_without_a_value_are_named_and_break_nothing() -> None:
    document = deepcopy(read(POLICIES / "social-training"))
    for parameter in document["parameters"].values():
        parameter["values"] = []
    with pytest.raises(FaultyPolicy, match="periods: needs at least one value"):
        checked(document)
    with pytest.raises(FaultyPolicy, match="periods: is missing"):
        checked(document | {"parameters": {}})

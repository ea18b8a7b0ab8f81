"""docs/publishing.md: the correction it shows is one."""

import tomllib
from datetime import date
from typing import Any

import pytest

from chalicelib.policy.changes import past_changes
from tests.docs.pages import ROOT, blocks


def _shown() -> dict[str, Any]:
    [shown] = blocks(ROOT / "docs" / "publishing.md", "toml")
    [value] = tomllib.loads(shown)["class_capacity"]["values"]
    corrected = value["corrected"] | {"on": value["corrected"]["on"].isoformat()}
    return value | {"from": value["from"].isoformat(), "corrected": corrected}


@pytest.mark.parametrize(("proposed_on", "taken"), [(1, True), (2, False)])
def test_the_correction_that_is_shown_is_taken_on_its_day(proposed_on: int, taken: bool) -> None:
    new = _shown()
    old = {"from": new["from"], "value": 60, "source": "sample"}
    before, after = (
        {"shape": "class", "parameters": {"class_capacity": {"unit": "learner", "values": [one]}}}
        for one in (old, new)
    )
    found = past_changes(before, after, date(2026, 6, 2), date(2026, 6, proposed_on))
    assert (found == ()) is taken

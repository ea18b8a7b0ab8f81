"""Every place's folder keeps what its own cases say of it."""

from pathlib import Path

import pytest

from chalicelib.policy.place import read_place
from ops.policies import verdicts
from tests.builders import POLICIES

PLACES = sorted(folder for folder in POLICIES.parent.iterdir() if folder.is_dir())


@pytest.mark.parametrize("place", PLACES, ids=lambda folder: folder.name)
def test_every_case_of_a_place_holds(place: Path) -> None:
    failing = [
        f"{verdict.case.where}: {'; '.join(verdict.differences)}"
        for verdict in verdicts(place)
        if not verdict.holds
    ]
    assert failing == []


def test_what_is_a_sample_or_a_default_is_marked_as_one() -> None:
    told = [
        (programme, name, entry)
        for programme, document in read_place(POLICIES).items()
        for name, parameter in document["parameters"].items()
        for entry in parameter["values"]
        if name != "judged_on"
    ]
    unmarked = [
        (programme, name)
        for programme, name, entry in told
        if entry["source"].startswith(("sample", "a default")) and not entry.get("sample")
    ]
    assert unmarked == []
    assert sum(bool(entry.get("sample")) for _, _, entry in told) > 20

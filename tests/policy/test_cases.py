"""Every place's folder keeps what its own cases say of it."""

from pathlib import Path

import pytest

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

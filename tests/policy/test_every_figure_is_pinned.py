"""Every number and every date of a place's folder is looked at by one of its cases.

Each is moved by one unit, up and down, past every check of the loader: a case must come out
otherwise, by what is decided or by its amount.
"""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chalicelib.policy.files import contents, programme_folders
from ops.cases import read_cases
from ops.cases.figures import figures, unpinned
from ops.voucherctl import app
from tests.builders import POLICIES

SKILL = Path("skill-certificate") / "amount.toml"
CASES = "cases/certificate-*.toml"


def told(place: Path) -> list[str]:
    return [each.told for each in unpinned(place, read_cases(place))]


def test_every_figure_of_shanghai_is_pinned_by_a_case() -> None:
    result = CliRunner().invoke(app, ["policy", "test", str(POLICIES), "--figures"])
    assert result.output.splitlines()[:-2] == []
    assert result.output.endswith("\n0 moves of a number or date by one go unnoticed\n")
    assert result.exit_code == 0


def test_there_are_hundreds_of_figures_and_a_name_is_none() -> None:
    found = figures(contents(POLICIES, programme_folders(POLICIES), []))
    assert len(found) > 200
    values = [figure.value for figure in found]
    assert {150_000, 30, 60, "2024-12-01", "2026-02-14"} <= set(values)
    assert not any(value is True or value in ("2026", "310101") for value in values)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """What one programme pays, and the cases of its amounts."""
    place = tmp_path / "shanghai"
    files = (SKILL, SKILL.with_name("programme.toml"), SKILL.with_name("uplift.toml"))
    for file in (*files, *(each.relative_to(POLICIES) for each in POLICIES.glob(CASES))):
        (place / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(POLICIES / file, place / file)
    return place


def of_the_amount(place: Path) -> list[str]:
    amount = f"{SKILL}: "
    return [each.removeprefix(amount) for each in told(place) if each.startswith(amount)]


def test_a_figure_that_no_case_looks_at_is_named_with_its_file(certificate: Path) -> None:
    amount = certificate / SKILL
    line = '{ occupations = ["试验"], fen = 7 },\n    { occupations = ["数据标注"'
    amount.write_text(amount.read_text().replace('{ occupations = ["数据标注"', line))
    where = "standard.values.1.value.1.fen = 7: no case comes out otherwise with"
    assert of_the_amount(certificate) == [f"{where} 8", f"{where} 6"]


def test_a_case_that_does_not_hold_pins_nothing(certificate: Path) -> None:
    assert of_the_amount(certificate) == []
    edges = certificate / "cases" / "certificate-edges.toml"
    edges.write_text(edges.read_text().replace("2024-01-01", "2024-01-09"))
    edges.write_text(edges.read_text().replace("2023-12-31", "2024-01-08"))
    day = "from = 2024-01-01: no case comes out otherwise with"
    assert of_the_amount(certificate) == [f"{day} 2024-01-02", f"{day} 2023-12-31"]

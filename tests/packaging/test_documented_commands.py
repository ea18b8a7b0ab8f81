"""Every command that README and docs show, run as it stands there, in a city on the local cloud.

`make` is left to the tests of what it calls: that its targets exist is asserted beside the docs.
"""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra import paths
from infra.passing_city import FIRST_PERMISSION_MANAGER, City
from ops.voucherctl import app
from sim.issuer import mint
from tests.docs.pages import PAGES, Command, commands
from tests.packaging.packaged import Package

# Pages whose commands have a test of their own, because they tell a story.
ELSEWHERE = {"docs/api.md"}
OFFICER, SECOND = "staff-city-01", "staff-city-02"  # of samples/staff.csv
IN_ORDER = (
    "import organisations",
    "import staff",
    "import sites",
    "import budgets",
    "policy propose",
    "policy approve",
    "policy dump",
    "deploy build/package/prod",
)


def shown() -> list[Command]:
    """The commands of all pages, in their order, each once."""
    found = {
        command.words: command
        for page in PAGES
        for command in reversed(commands(page))
        if command.page not in ELSEWHERE and command.words[0] != "make"
    }
    return sorted(found.values(), key=_rank)


def _rank(command: Command) -> tuple[int, int]:
    """Offices before what their staff may do; the deployment that names all values first."""
    called = _called(command)
    return IN_ORDER.index(called) if called in IN_ORDER else len(IN_ORDER), -len(command.words)


def _called(command: Command) -> str:
    return " ".join(command.words[1:3])


@pytest.fixture(scope="module")
def place(prod: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the checkout in which `make package STAGE=prod` was called."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("samples", "policies"):
        (folder / name).symlink_to(paths.ROOT / name)
    (folder / "build" / "package").mkdir(parents=True)
    (folder / "build" / "package" / "prod").symlink_to(prod.folder)
    return folder


@pytest.fixture
def at_the_desk(city: City, place: Path, monkeypatch: pytest.MonkeyPatch) -> City:
    """In that folder, with the environment that `make up` prints."""
    monkeypatch.chdir(place)
    for name, value in city.cloud.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("VOUCHERCTL_API_URL", city.stack.api_url)
    return city


def test_every_program_that_is_shown_is_known() -> None:
    assert {command.words[0] for command in shown()} == {"voucherctl"}


@pytest.mark.parametrize("command", shown(), ids=str)
def test_a_command_that_is_shown_runs(
    command: Command, at_the_desk: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _called(command) in IN_ORDER[:2]
    second = _called(command) == "policy approve"
    subject = FIRST_PERMISSION_MANAGER if first else SECOND if second else OFFICER
    monkeypatch.setenv("VOUCHERCTL_TOKEN", mint(at_the_desk.issuer, subject, at_the_desk.now()))
    if command.words[1] == "deploy":
        # The package of stage prod becomes a city of its own beside the one that stands.
        monkeypatch.setenv("VOUCHERCTL_STACK", "prod-city")
        monkeypatch.delenv("VOUCHERCTL_API_URL")
    result = CliRunner().invoke(app, command.words[1:])
    assert result.exit_code == 0, result.output

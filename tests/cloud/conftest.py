"""A city on a local cloud of its own for every test module that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from infra import package, passing_city
from infra.passing_city import City


@pytest.fixture(scope="session")
def local_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout packaged for the local stage."""
    return package.package("local", tmp_path_factory.mktemp("package") / "local")


@pytest.fixture(scope="module")
def city(local_package: Path) -> Iterator[City]:
    """An empty city at the machine's time."""
    with passing_city.standing(local_package) as standing:
        yield standing

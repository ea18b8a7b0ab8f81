"""One deployed city for the tests of the place itself, and the package it was deployed from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from infra import package, passing_city
from infra.passing_city import City


@pytest.fixture(scope="session")
def local_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout packaged for the local stage."""
    return package.package("local", tmp_path_factory.mktemp("package") / "local")


@pytest.fixture(scope="session")
def city(local_package: Path) -> Iterator[City]:
    """An empty city."""
    with passing_city.standing(local_package) as standing:
        yield standing

"""The checkout packaged for prod and for the local stage, and a city to run functions against."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from infra import passing_city
from infra.passing_city import City
from ops.demo.clock import offset_to
from tests.packaging.packaged import Package, packaged


@pytest.fixture(scope="session")
def prod(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """The package that goes to AWS."""
    return packaged("prod", tmp_path_factory.mktemp("prod"))


@pytest.fixture(scope="session")
def local(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """The package for the local cloud; its layer is for this machine."""
    return packaged("local", tmp_path_factory.mktemp("local"))


@pytest.fixture(scope="session")
def city(local: Package) -> Iterator[City]:
    """An empty city, on a day on which the sample city's staff is in office.

    Tests run functions in its environment; the commands of the docs run in it.
    """
    day = datetime(2026, 6, 1, 2, tzinfo=UTC)
    with passing_city.standing(local.folder, offset_to(day)) as standing:
        yield standing

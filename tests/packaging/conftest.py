"""The checkout packaged for prod and for the local stage, and a city to run functions against."""

from collections.abc import Iterator

import pytest

from infra import passing_city
from infra.passing_city import City
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
    """An empty city, for the functions' environments and what they call."""
    with passing_city.standing(local.folder) as standing:
        yield standing

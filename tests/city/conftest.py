"""Which cities the tests of the generator look at."""

import pytest

from tests.city.sample_city import LARGE, SMALL, Samples, samples_of


@pytest.fixture(
    params=[(2026, LARGE), (7, LARGE), (2026, SMALL), (7, SMALL), (99, SMALL)],
    ids=lambda city: f"seed-{city[0]}-of-{city[1]}",
)
def city(request: pytest.FixtureRequest) -> Samples:
    """Each of several cities of both sizes."""
    return samples_of(*request.param)


@pytest.fixture(params=[2026, 7, 11], ids=lambda seed: f"seed-{seed}")
def large_city(request: pytest.FixtureRequest) -> Samples:
    """Each of several cities of the demo's size."""
    return samples_of(request.param, LARGE)


@pytest.fixture(params=[2026, 1, 2, 3, 4, 5], ids=lambda seed: f"seed-{seed}")
def small_city(request: pytest.FixtureRequest) -> Samples:
    """Each of several cities of the tests' size."""
    return samples_of(request.param, SMALL)

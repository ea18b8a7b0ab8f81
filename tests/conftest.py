"""The cities that tests live in; in_process.py sets the environment before anything of the city."""

from collections.abc import Iterator

import pytest

from infra.local_cloud import Cloud
from tests import in_process


@pytest.fixture(scope="session")
def empty_cloud() -> Iterator[Cloud]:
    """A local cloud without the city's functions: keys, queues, a bucket, room for tables."""
    with in_process.cloud() as started:
        yield started


@pytest.fixture
def aws_city(empty_cloud: Cloud) -> Iterator[None]:
    """An empty city in process, for one test: the use cases run on real tables and keys."""
    with in_process.city():
        yield


@pytest.fixture(scope="module")
def shared_city(empty_cloud: Cloud) -> Iterator[None]:
    """The same for all tests of a module: races and faults that make their own people."""
    with in_process.city():
        yield

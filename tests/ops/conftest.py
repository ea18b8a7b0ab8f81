"""A cloud in memory for the programs outside the city: queues and keys, nothing of the city's."""

from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

REGION = "us-east-1"


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[boto3.Session]:
    """Makes clients of it."""
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield boto3.Session("test", "test", region_name=REGION)

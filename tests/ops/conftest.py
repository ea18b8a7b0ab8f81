"""For the programs beside the city: clients that do not pause, and a cloud in memory."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from ops import api, runs
from tests.builders import POLICIES

REGION = "us-east-1"


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "FIRST_PAUSE_S", 0.0)
    monkeypatch.setattr(runs, "POLL_EVERY_S", 0.0)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A copy of Shanghai's folder, to be edited."""
    return Path(shutil.copytree(POLICIES, tmp_path / "draft"))


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[boto3.Session]:
    """Makes clients of a cloud with queues and keys, and nothing of the city's."""
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield boto3.Session("test", "test", region_name=REGION)

"""The front door's own answers: problem documents like all of the city's, never an empty page."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import requests

from chalicelib.api.problems import MEDIA_TYPE, Problem
from infra import front_door, local_cloud
from infra.front_door import FrontDoor


@pytest.fixture
def door(tmp_path: Path) -> Iterator[FrontDoor]:
    """A door that leads to an API which does not stand."""
    with front_door.opened(0, tmp_path) as opened:
        opened.api_url = f"http://localhost:{local_cloud.free_port()}/v1"
        yield opened


def told(answer: requests.Response) -> Problem:
    """The answer as a problem document, whose header names the same request."""
    assert answer.headers["Content-Type"] == MEDIA_TYPE
    problem = msgspec.json.decode(answer.content, type=Problem)
    assert (problem.status, problem.request_id) == (
        answer.status_code,
        answer.headers["X-Request-Id"],
    )
    return problem


@pytest.mark.parametrize("path", ["/", "/v2/me", "/jwks.json", "/../city.json"])
def test_an_address_that_leads_nowhere_is_a_404_of_the_city(door: FrontDoor, path: str) -> None:
    problem = told(requests.get(door.url + path, timeout=10))
    assert (problem.status, problem.code) == (404, "not_found")
    assert problem.title == "未找到 / Not found"
    assert problem.detail.startswith("没有找到该地址，或者您无权查看。 / There is no such address")


def test_an_api_that_does_not_stand_is_a_503_that_says_when_to_come_again(door: FrontDoor) -> None:
    answer = requests.post(f"{door.url}/v1/me/records", json={}, timeout=10)
    problem = told(answer)
    assert (problem.status, problem.code) == (503, "unavailable")
    assert "The city did not answer in time" in problem.detail
    assert int(answer.headers["Retry-After"]) > 0


def test_what_was_sent_in_vain_is_not_taken_for_the_next_request(
    door: FrontDoor, tmp_path: Path
) -> None:
    (tmp_path / "jwks.json").write_text("{}")
    with requests.Session() as kept:
        assert kept.post(f"{door.url}/nowhere", data="GET / HTTP/1.1\n\n", timeout=10).status_code
        assert kept.get(f"{door.url}/jwks.json", timeout=10).json() == {}

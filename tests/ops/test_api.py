"""The API's client: what it sends, when it asks again, and how failures read."""

import pytest

from ops.api import Api, UnreachableError
from ops.failures import StepFailedError, must, must_refuse
from tests.ops.fake_city import Asked, Reply, fake_city, problem


def test_a_post_carries_token_key_language_and_body() -> None:
    with fake_city(lambda asked: (201, {"ok": True})) as city:
        answer = Api(city.url).post("/claims", "t", {"名": "甲"}, key="key-0001", language="zh-CN")
    (asked,) = city.asked
    assert asked.headers["Authorization"] == "Bearer t"
    assert asked.headers["Idempotency-Key"] == "key-0001"
    assert asked.headers["Accept-Language"] == "zh-CN"
    assert asked.body == {"名": "甲"}
    assert (answer.status, answer.json, answer.code) == (201, {"ok": True}, None)


def test_without_a_token_no_authorization_is_sent() -> None:
    with fake_city(lambda asked: problem(401, "unauthenticated")) as city:
        assert Api(city.url).get("/me", None).code == "unauthenticated"
    assert "Authorization" not in city.asked[0].headers


def test_a_busy_city_is_asked_again_under_the_same_key() -> None:
    replies = iter([problem(503, "unavailable"), problem(429, "throttled"), (201, {})])
    with fake_city(lambda asked: next(replies)) as city:
        assert Api(city.url).post("/claims", "t", {}).status == 201
    assert len({asked.headers["Idempotency-Key"] for asked in city.asked}) == 1
    assert len(city.asked) == 3


def test_two_commands_do_not_share_a_key() -> None:
    with fake_city(lambda asked: (201, {})) as city:
        for _ in range(2):
            Api(city.url).post("/claims", "t", {})
    assert len({asked.headers["Idempotency-Key"] for asked in city.asked}) == 2


def test_a_refusal_is_not_asked_again() -> None:
    with fake_city(lambda asked: problem(409, "code_spent")) as city:
        must_refuse(Api(city.url).post("/x", "t", {}), 409, "code_spent")
    assert len(city.asked) == 1


def test_a_city_that_is_down_is_said_to_be_unreachable() -> None:
    with fake_city(lambda asked: (200, {})) as city:
        url = city.url
    with pytest.raises(UnreachableError, match="GET /me"):
        Api(url).get("/me", None)


def test_an_unexpected_answer_names_request_answer_and_advice() -> None:
    def answer(asked: Asked) -> Reply:
        return problem(403, "forbidden")

    with fake_city(answer) as city, pytest.raises(StepFailedError) as failed:
        must(Api(city.url).post("/policies", "t", {}), 201)
    assert failed.value.step == "POST /policies"
    assert "answered 403" in failed.value.found
    assert "forbidden" in failed.value.found
    assert "staff file" in failed.value.advice


def test_another_refusal_than_the_expected_one_is_a_failure() -> None:
    with (
        fake_city(lambda asked: problem(409, "class_full")) as city,
        pytest.raises(StepFailedError, match="409 code_spent"),
    ):
        must_refuse(Api(city.url).post("/x", "t", {}), 409, "code_spent")

"""An error of the city becomes a problem document, in the caller's language, and one log line."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.api import texts
from chalicelib.api.codes import STATUS
from chalicelib.errors import (
    CityError,
    Conflict,
    Forbidden,
    Invalid,
    KeyReused,
    NotFound,
    Refused,
    Rule,
    Unavailable,
)
from chalicelib.usecases import list_budgets
from tests.api.gateway import CITY, Gateway

Verb = Callable[[Any, str, object], list[tuple[Any, ...]]]


@pytest.fixture(autouse=True)
def declared() -> None:
    """Here a route meets errors that it never has of its own; it need not declare them."""


MET = [
    (Invalid("class_capacity", field="capacity", facts={"largest": 50}), 400),
    (Forbidden("same_person"), 403),
    (NotFound("voucher"), 404),
    (Conflict("class_full", facts={"capacity": 30}), 409),
    (Refused("filed_too_late", Rule("filing-lead", "三.(二)"), facts={"lead_days": 3}), 422),
    (KeyReused(), 422),
    (Unavailable("table"), 503),
]


def members(error: CityError, gateway: Gateway, verb: Verb) -> tuple[int, dict[str, str], Any]:
    verb(list_budgets, "budgets", error)
    answer = gateway.get("/budgets", CITY)
    return answer.status_code, answer.headers, answer.json_body


@pytest.mark.parametrize(("error", "status"), MET, ids=lambda value: type(value).__name__)
def test_each_kind_of_error_has_its_status(
    gateway: Gateway, verb: Verb, error: CityError, status: int
) -> None:
    got, headers, problem = members(error, gateway, verb)
    assert got == status == problem["status"]
    assert headers["Content-Type"] == "application/problem+json"
    assert problem["type"] == f"urn:voucher-city:problem:{error.code}"
    assert problem["code"] == error.code
    assert problem.keys() >= {"title", "detail", "request_id"}


def test_every_kind_of_error_has_a_status() -> None:
    assert set(STATUS) == set(CityError.__subclasses__())


def test_a_refusal_names_its_rule_and_the_provision(gateway: Gateway, verb: Verb) -> None:
    _, _, problem = members(MET[4][0], gateway, verb)
    assert problem["rule"]["section"] == "三.(二)"
    assert problem["rule"]["name"] == texts.catalogue("en").rule("filing-lead")


def test_a_field_at_fault_is_named(gateway: Gateway, verb: Verb) -> None:
    assert members(MET[0][0], gateway, verb)[2]["field"] == "capacity"


def test_who_must_wait_is_told_how_long(gateway: Gateway, verb: Verb) -> None:
    assert members(Unavailable("table"), gateway, verb)[1]["Retry-After"] == "2"


def test_a_detail_that_lacks_a_fact_is_still_an_answer(gateway: Gateway, verb: Verb) -> None:
    assert members(Conflict("class_full"), gateway, verb)[0] == 409


def test_a_code_without_a_text_is_still_an_answer(gateway: Gateway, verb: Verb) -> None:
    assert members(Conflict("new_code"), gateway, verb)[2]["title"] == "new_code"


def test_what_breaks_inside_says_nothing_but_the_requests_id(
    gateway: Gateway, verb: Verb, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "319900199001010000"
    verb(list_budgets, "budgets", KeyError(secret))
    answer = gateway.get("/budgets", CITY)
    assert (answer.status_code, answer.json_body["code"]) == (500, "broken")
    line = vars(caplog.records[-1])
    assert (line["log"], line["error"]) == ("E002", "KeyError")
    assert line["request_id"] == answer.json_body["request_id"]
    assert secret not in repr([vars(record) for record in caplog.records])
    assert secret not in answer.body.decode()


def test_one_line_is_written_for_each_outcome(
    gateway: Gateway, verb: Verb, caplog: pytest.LogCaptureFixture
) -> None:
    verb(list_budgets, "budgets", [])
    gateway.get("/budgets", CITY)
    verb(list_budgets, "budgets", NotFound("budget"))
    gateway.get("/budgets", CITY)
    lines = [vars(record) for record in caplog.records]
    seen = [(line["log"], line.get("code")) for line in lines if line["edge"] == "GET /budgets"]
    assert seen == [("E000", None), ("E001", "not_found")]


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "zh-CN"),
        ("zh-CN", "zh-CN"),
        ("zh-TW,en;q=0.5", "zh-CN"),
        ("en", "en"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("fr,en;q=0.3,zh;q=0.2", "en"),
        ("en;q=0,zh;q=0.1", "zh-CN"),
        ("en;q=0.2, zh-CN;q=0.9", "zh-CN"),
        ("fr", "zh-CN"),
        ("*", "zh-CN"),
        ("en;q=nan", "zh-CN"),
        (";;;,,q=;en;q=x", "zh-CN"),
        ("," * 9000, "zh-CN"),
    ],
)
def test_the_language_is_the_first_wish_that_the_city_speaks(accepted: str, language: str) -> None:
    assert texts.preferred(accepted) == language


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_problem_is_told_in_the_language_asked_for(
    gateway: Gateway, verb: Verb, language: str
) -> None:
    verb(list_budgets, "budgets", NotFound("budget"))
    answer = gateway.get("/budgets", CITY, language=language)
    assert answer.headers["Content-Language"] == language
    assert answer.json_body["title"] == texts.catalogue(language).title("not_found")

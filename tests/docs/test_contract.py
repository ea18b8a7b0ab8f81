"""The contract in docs/ is the one that the routes declare today, and others can read it."""

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

import app  # noqa: F401  (a route is known once its module is imported)
from chalicelib.api import openapi, texts
from chalicelib.api.codes import GATEWAY, STATUS_OF
from chalicelib.api.routes import ROUTES, Route
from infra import contract

ROOT = Path(__file__).parent.parent.parent
AGAIN = "write it anew: python -m infra.contract"
DOCUMENT = openapi.document(ROUTES)
POSTS = [route for route in ROUTES if route.method == "POST"]


def operation(route: Route) -> Any:
    return DOCUMENT["paths"][route.path][route.method.lower()]


def test_the_committed_document_is_the_one_of_today() -> None:
    assert (ROOT / contract.OPENAPI).read_text(encoding="utf-8") == contract.openapi(), AGAIN


def test_the_document_is_openapi_3_1_by_the_specifications_own_schema() -> None:
    assert DOCUMENT["openapi"].startswith("3.1.")
    assert not [*OPENAPI_31_VALIDATOR.iter_errors(json.loads(contract.openapi()))]


def test_the_committed_page_of_errors_is_the_one_of_today() -> None:
    assert (ROOT / contract.ERRORS).read_text(encoding="utf-8") == contract.errors(), AGAIN


def test_every_code_stands_on_the_page_of_errors_with_both_texts() -> None:
    page = (ROOT / contract.ERRORS).read_text(encoding="utf-8")
    for told in map(texts.catalogue, texts.LANGUAGES):
        for code in STATUS_OF:
            assert f"### `{code}`" in page
            assert told.problems[code]["advice"] in page


def test_the_document_holds_every_route_and_nothing_else() -> None:
    found = {(path, method.upper()) for path, ways in DOCUMENT["paths"].items() for method in ways}
    assert found == {(route.path, route.method) for route in ROUTES}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_an_operation_names_each_of_its_problems_under_its_status(route: Route) -> None:
    named = {
        (code, int(status))
        for status, answer in operation(route)["responses"].items()
        if "application/problem+json" in answer.get("content", {})
        for code in answer["content"]["application/problem+json"]["schema"]["allOf"][1][
            "properties"
        ]["code"]["enum"]
    }
    assert named == {(code, STATUS_OF[code]) for code in route.codes}


@pytest.mark.parametrize("route", POSTS, ids=lambda route: f"{route.method} {route.path}")
def test_the_example_of_a_body_is_one_that_the_route_reads(route: Route) -> None:
    shown = operation(route)["requestBody"]["content"]["application/json"]["example"]
    msgspec.json.decode(json.dumps(shown), type=route.takes)


def test_every_text_has_an_example() -> None:
    without = [
        f"{name}.{part}"
        for name, schema in DOCUMENT["components"]["schemas"].items()
        for part, told in schema.get("properties", {}).items()
        for kind in told.get("anyOf", [told])
        if kind.get("type") == "string" and not kind.keys() & {"examples", "enum"}
    ]
    assert without == [], "say one: Annotated[str, Meta(examples=[…])], or a kind of shown.py"


def test_the_page_for_clients_names_all_that_may_be_asked_again_and_again() -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    (told,) = re.findall(r"^((?:`[^`]+`(?:, | and |\s)+)+)carry an `ETag`", page, re.MULTILINE)
    assert set(re.findall(r"`([^`]+)`", told)) == {route.path for route in ROUTES if route.polled}


def test_whoever_changes_something_sends_a_key_and_a_token() -> None:
    key = {"$ref": "#/components/parameters/idempotency-key"}
    for route in ROUTES:
        shown = operation(route)
        assert (key in shown["parameters"]) == (route.method == "POST")
        assert shown["security"] == ([] if route.public else [{"token": []}])


def test_the_gateways_own_answers_are_among_the_codes() -> None:
    assert set(GATEWAY) <= set(STATUS_OF)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_an_operation_names_what_the_gateway_answers_in_its_place(route: Route) -> None:
    with_a_token = {"forbidden", "unauthenticated"}
    assert route.codes >= (set(GATEWAY) - with_a_token if route.public else set(GATEWAY))

"""Whatever request the contract allows or forbids, the answer is one that the contract describes.

2,000 requests in process, made by schemathesis from the OpenAPI document of today: sound ones and
spoiled ones, on ids that exist and on others.
"""

import json
from copy import deepcopy
from dataclasses import replace
from math import ceil
from typing import Any

import pytest
import schemathesis
from hypothesis import given, seed
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode

import app  # noqa: F401  (a route is known once its module is imported)
from chalicelib.api import openapi
from chalicelib.api.routes import ROUTES, Route
from chalicelib.rules.principal import Principal
from chalicelib.usecases import identify
from tests import seeding
from tests.api import direct
from tests.api.gateway import WORKER, WORKER_NUMBER, Gateway
from tests.api.standing import callers
from tests.contract import CHECKS, campaign, sent

CASES = 2_000
SHARE = ceil(CASES / len(ROUTES) / len(GenerationMode))
DOCUMENT = json.loads(json.dumps(openapi.document(ROUTES)))
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
SAID = {
    "programme": ["social-training", "skill-certificate", "check-in"],
    "district": ["310104"],
    "site_no": ["S1"],
    "capacity": [1, 30],
}


@pytest.fixture(scope="module")
def known(standing: Gateway) -> dict[str, list[Any]]:
    """What a stranger to the city could not guess: ids of a voucher and of a class."""
    claimed = standing.post(
        "/programmes/social-training/claims", WORKER, idempotency_key="known-0001"
    )
    filed = seeding.file_class()
    return SAID | {
        "voucher_id": [claimed.json_body["voucher_id"]],
        "class_id": [filed.id],
        "lesson_no": ["1", "3"],
    }


@pytest.fixture(scope="module")
def worker(standing: Gateway) -> Principal:
    """The worker under the id that the authorizer would compute."""
    return replace(WORKER, person_id=identify.person_of(WORKER_NUMBER))


def acquainted(data: st.DataObject, known: dict[str, list[Any]], place: Any) -> None:
    """Puts names that the city knows in some places of a request."""
    for name in sorted(set(known) & set(place if isinstance(place, dict) else ())):
        if data.draw(st.booleans()):
            place[name] = data.draw(st.sampled_from(known[name]))


def example(route: Route) -> Any:
    """The body that the document shows to whoever tries the operation."""
    body = DOCUMENT["paths"][route.path]["post"]["requestBody"]
    return deepcopy(body["content"]["application/json"]["example"])


@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_answer_is_one_that_the_contract_describes(
    known: dict[str, list[Any]], worker: Principal, route: Route, mode: GenerationMode
) -> None:
    made = 0

    @seed(2026)
    @campaign(SHARE)
    @given(case=SCHEMA[route.path][route.method].as_strategy(mode), data=st.data())
    def ask(case: Case, data: st.DataObject) -> None:
        nonlocal made
        made += 1
        if mode is GenerationMode.POSITIVE and route.method == "POST" and data.draw(st.booleans()):
            case.body = example(route)
        for place in (case.path_parameters, case.query, case.body):
            acquainted(data, known, place)
        caller = data.draw(st.sampled_from(callers(route)))
        if caller is WORKER:
            caller = worker
        answer = direct.call(sent(case, direct.BASE), route.path, caller)
        case.validate_response(answer, checks=CHECKS)

    ask()
    assert made >= SHARE

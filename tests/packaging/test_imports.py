"""What a function loads: its own handler, alone, and none of the heavy libraries."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from infra import by_hand, events
from infra.by_hand import Outcome
from infra.passing_city import FIRST_PERMISSION_MANAGER, City
from sim.issuer import mint
from tests.packaging.packaged import Package
from tests.packaging.test_events import CONSUMERS, SCHEDULES, STREAMS

HEAVY = ("boto3", "pydantic", "aws_xray_sdk")
OF_THE_API = ("geographiclib", "chalicelib.policy.check")
OF_THE_AUTHORIZER = ("joserfc", "cryptography")
WOKEN_BY_EVENTS = sorted(CONSUMERS | SCHEDULES | STREAMS)
Call = Callable[[str], Outcome]
FUNCTIONS = sorted({"APIHandler", "Authorize", *WOKEN_BY_EVENTS})


@pytest.fixture(scope="module")
def after_one_event(local: Package, city: City) -> Call:
    """Runs a function with one event that it works off, once."""

    @cache
    def call(function: str) -> Outcome:
        outcome = _run(local, city, function, _event(local, city, function))
        assert not outcome.failure
        return outcome

    return call


def test_no_function_is_forgotten_here(local: Package) -> None:
    assert sorted(local.functions) == FUNCTIONS


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_handler_imports_alone_without_the_app(local: Package, city: City, function: str) -> None:
    assert "app" not in _run(local, city, function, None).imported


def test_the_api_loads_none_of_the_jobs(local: Package, city: City) -> None:
    imported = _run(local, city, "APIHandler", None).imported
    assert "chalicelib.api.vouchers" in imported
    assert not [name for name in imported if name.startswith("chalicelib.jobs")]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_loads_no_heavy_library(after_one_event: Call, function: str) -> None:
    used = after_one_event(function).used
    assert not [name for name in HEAVY if name in used]


@pytest.mark.parametrize("function", WOKEN_BY_EVENTS)
def test_no_job_loads_what_measures_a_tap_or_checks_a_policy(
    after_one_event: Call, function: str
) -> None:
    used = after_one_event(function).used
    assert not [name for name in OF_THE_API if name in used]


@pytest.mark.parametrize("function", ["APIHandler", *WOKEN_BY_EVENTS])
def test_only_the_authorizer_loads_what_verifies_tokens(
    after_one_event: Call, function: str
) -> None:
    used = after_one_event(function).used
    assert not [name for name in OF_THE_AUTHORIZER if name in used]


def test_the_authorizer_does_load_it_and_lets_a_good_token_in(after_one_event: Call) -> None:
    outcome = after_one_event("Authorize")
    assert "joserfc" in outcome.used
    (statement,) = outcome.answer["policyDocument"]["Statement"]
    assert statement["Effect"] == "Allow"


def test_the_authorizer_turns_a_forged_token_away(local: Package, city: City) -> None:
    outcome = _run(local, city, "Authorize", events.to_authorize("Bearer forged.to.ken"))
    assert outcome.failure == "Exception: Unauthorized"


def _run(local: Package, city: City, function: str, event: dict[str, Any] | None) -> Outcome:
    return by_hand.run(
        [local.unpacked.app, local.unpacked.site_packages],
        local.functions[function]["Handler"],
        event,
        by_hand.environment_of(city, function),
    )


def _event(local: Package, city: City, function: str) -> dict[str, Any]:
    if function in CONSUMERS:
        return events.messages(["{}"])
    if function in STREAMS:
        return events.of_a_stream({"id": {"S": "v-1"}})
    if function in SCHEDULES:
        return events.scheduled()
    token = mint(city.issuer, FIRST_PERMISSION_MANAGER, city.now())
    authorization = events.to_authorize(f"Bearer {token}")
    if function == "Authorize":
        return authorization
    allowed = _run(local, city, "Authorize", authorization).answer
    return events.request("GET", "/me", allowed["context"])

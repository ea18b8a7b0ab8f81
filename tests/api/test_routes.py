"""Every route is closed until somebody opens it by name."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import app
from chalicelib.api import auth
from chalicelib.api.auth import authorize
from chalicelib.api.bodies import Nothing
from chalicelib.api.http import changes, public, reads
from chalicelib.api.routes import ROUTES, Route
from chalicelib.rules.principal import Principal
from tests.api.gateway import CITY, WORKER, Gateway
from tests.seeding import official

ROOT = Path(__file__).parent.parent.parent
SERVED = [(path, method) for path, methods in app.app.routes.items() for method in methods]
NOBODY = official("staff-nobody")
PUBLIC = {"/openapi.json", "/docs", "/records/{record_code}"}


def test_the_app_serves_what_the_decorators_declared_and_nothing_else() -> None:
    assert sorted(SERVED) == sorted((route.path, route.method) for route in ROUTES)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_route_but_the_public_ones_wears_the_authorizer(route: Route) -> None:
    wears = app.app.routes[route.path][route.method].authorizer
    assert wears is (None if route.public else authorize)


def test_the_public_routes_are_these_and_no_others() -> None:
    assert {route.path for route in ROUTES if route.public} == PUBLIC


@pytest.mark.parametrize(("declare", "takes"), [(reads, "query"), (changes, "body")])
def test_a_route_without_rights_cannot_be_written(
    declare: Callable[..., object], takes: str
) -> None:
    with pytest.raises(TypeError, match="rights"):
        declare(auth.bp, "/open", gives=Nothing, **{takes: Nothing})
    with pytest.raises(TypeError, match="rights"):
        declare(auth.bp, "/open", gives=Nothing, rights=frozenset(), **{takes: Nothing})


def test_a_route_cannot_declare_a_problem_that_does_not_exist() -> None:
    with pytest.raises(LookupError, match="no_such_code"):
        public(auth.bp, "/open", query=Nothing, gives=Nothing, problems=("no_such_code",))(
            lambda asked: Nothing()
        )


CLOSED = [(r, c) for r in ROUTES for c in (WORKER, CITY) if r.rights and not r.rights & c.rights]


@pytest.mark.parametrize(
    ("route", "caller"), CLOSED, ids=[f"{r.method} {r.path} as {c.role}" for r, c in CLOSED]
)
def test_a_caller_without_the_right_gets_403_before_anything_is_read(
    gateway: Gateway, route: Route, caller: Principal
) -> None:
    here = route.path.replace("{", "").replace("}", "")
    read = route.method == "GET"
    answer = gateway.get(here, caller) if read else gateway.post(here, caller, b"}{")
    assert answer.status_code == 403
    assert answer.json_body["code"] == "right_missing"


def test_somebody_in_no_office_gets_403(gateway: Gateway) -> None:
    answer = gateway.get("/budgets", NOBODY)
    assert answer.status_code == 403
    assert answer.json_body["code"] == "not_in_office"


def test_no_token_is_a_401(gateway: Gateway) -> None:
    assert gateway.client.http.get("/me").status_code == 401


def test_nothing_pays_for_the_authorizers_cryptography_the_document_or_a_policys_files() -> None:
    unwanted = {"joserfc", "cryptography", "boto3", "pydantic", "chalicelib.api.openapi"}
    unwanted |= {"tomllib", "chalicelib.policy.place", "chalicelib.policy.files"}
    ask = f"import sys, app; print(*sorted({unwanted} & set(sys.modules)))"
    found = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, env=os.environ, capture_output=True, text=True
    )
    assert (found.returncode, found.stdout.strip()) == (0, ""), found.stderr

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
from chalicelib.api.http import ROUTES, Route, changes, reads
from chalicelib.rules.principal import Principal
from tests.api.gateway import CITY, WORKER, Gateway
from tests.seeding import official

ROOT = Path(__file__).parent.parent.parent
SERVED = [(path, method) for path, methods in app.app.routes.items() for method in methods]
NOBODY = official("staff-nobody")


def test_the_app_serves_what_the_decorators_declared_and_nothing_else() -> None:
    assert sorted(SERVED) == sorted((route.path, route.method) for route in ROUTES)


@pytest.mark.parametrize(("path", "method"), SERVED)
def test_every_route_wears_the_authorizer(path: str, method: str) -> None:
    assert app.app.routes[path][method].authorizer is authorize


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_route_names_the_rights_that_open_it(route: Route) -> None:
    assert route.rights


@pytest.mark.parametrize(("declare", "takes"), [(reads, "query"), (changes, "body")])
def test_a_route_without_rights_cannot_be_written(
    declare: Callable[..., object], takes: str
) -> None:
    with pytest.raises(TypeError, match="rights"):
        declare(auth.bp, "/open", **{takes: Nothing})


CLOSED = [(r, c) for r in ROUTES for c in (WORKER, CITY) if not r.rights & c.rights]


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


def test_no_route_pays_for_the_cryptography_of_the_authorizer() -> None:
    ask = (
        "import sys, app;"
        "print(*sorted({'joserfc', 'cryptography', 'boto3', 'pydantic'} & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, env=os.environ, capture_output=True, text=True
    )
    assert (found.returncode, found.stdout.strip()) == (0, ""), found.stderr

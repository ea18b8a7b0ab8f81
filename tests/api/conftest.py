"""The app with an issuer of the test's own, and use cases that answer as the test says."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from chalice.app import Response
from chalice.test import Client

import app
from chalicelib import settings
from chalicelib.api import serving
from chalicelib.api.incoming import Incoming
from chalicelib.api.routes import Route
from chalicelib.errors import Forbidden
from chalicelib.rules.principal import Principal
from chalicelib.usecases import identify, keep_contact
from sim.issuer import Issuer, open_issuer, write_documents
from tests.api.gateway import CITY, WORKER, Gateway, forget, number_requests
from tests.api.journey import City, open_offices
from tests.api.standing import opened
from tests.builders import MONDAY
from tests.seeding import DESK


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever problem a route answers with in any test here, it declared."""
    undeclared: set[str] = set()
    answered = serving.answered

    def watched(incoming: Incoming, route: Route, serve: Any) -> Response:
        answer = answered(incoming, route, serve)
        if answer.status_code >= 400:
            code = json.loads(answer.body)["code"]
            if code not in route.codes:
                undeclared.add(f"{route.method} {route.path}: {code}")
        return answer

    monkeypatch.setattr(serving, "answered", watched)
    yield
    assert not undeclared


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Issuer:
    folder = tmp_path_factory.mktemp("issuer")
    made = open_issuer(folder, "http://issuer.test", "voucher-city")
    write_documents(made, folder / "documents")
    return made


@pytest.fixture(scope="module")
def standing(
    shared_city: None, issuer: Issuer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gateway]:
    """A city at rest, the same for all tests of a module."""
    with opened(issuer, tmp_path_factory.mktemp("documents")) as gateway:
        yield gateway


@pytest.fixture
def jwks(issuer: Issuer, tmp_path: Path) -> Path:
    """The issuer's document of keys, in a file of this test's own."""
    write_documents(issuer, tmp_path)
    return tmp_path / "jwks.json"


@pytest.fixture
def monday(jwks: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[datetime]:
    """The city's clock stands at the story's first day, and the issuer is reachable."""
    monkeypatch.setenv("OIDC_JWKS_URL", jwks.as_uri())
    monkeypatch.setattr(settings, "now", lambda: MONDAY)
    forget()
    yield MONDAY
    forget()


@pytest.fixture
def gateway(monday: datetime, issuer: Issuer, monkeypatch: pytest.MonkeyPatch) -> Gateway:
    """The app, with callers known by their subjects alone; no store stands behind it."""
    known = {caller.subject: caller for caller in (WORKER, CITY, DESK)}

    def principal(subject: str, person_id: str | None, channel: str, now: datetime) -> Principal:
        assert (person_id is not None) == (subject == WORKER.subject)
        if subject not in known:
            raise Forbidden("not_in_office")
        return known[subject]

    number_requests(monkeypatch)
    monkeypatch.setattr(identify, "person_of", lambda number: WORKER.person_id)
    monkeypatch.setattr(identify, "principal", principal)
    monkeypatch.setattr(keep_contact, "keep_contact", lambda principal, now: None)
    return Gateway(Client(app.app), issuer)


@pytest.fixture
def verb(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str, object], list[tuple[Any, ...]]]:
    """Puts an answer, or an error to raise, in a use case's place; gives what it was asked."""

    def put(module: Any, name: str, answer: object) -> list[tuple[Any, ...]]:
        asked: list[tuple[Any, ...]] = []

        def stand_in(*arguments: Any) -> object:
            asked.append(arguments)
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(module, name, stand_in)
        return asked

    return put


@pytest.fixture
def city(
    aws_city: None, jwks: Any, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[City]:
    monkeypatch.setenv("OIDC_JWKS_URL", jwks.as_uri())
    settings.load.cache_clear()
    number_requests(monkeypatch)
    made = City(issuer)
    monkeypatch.setattr(settings, "now", lambda: made.now)
    open_offices()
    yield made
    settings.load.cache_clear()

"""A front door for the tests: the app behind Chalice's own gateway, real tokens, chosen callers."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from chalice.local import LambdaEventConverter
from chalice.test import Client, HTTPResponse

import app
from chalicelib import settings
from chalicelib.errors import Forbidden
from chalicelib.rules.ids import PersonId
from chalicelib.rules.principal import Principal, Right
from chalicelib.usecases import identify
from sim.issuer import Issuer, mint, open_issuer, write_documents
from tests.builders import MONDAY
from tests.seeding import CITY_OFFICE, DESK, official

WORKER_NUMBER = "319900199001010000"
WORKER = Principal("worker-1", "worker", frozenset({Right.WORKER}), PersonId("p-worker-1"))
CITY = official("staff-city", *(set(Right) - {Right.WORKER}), office=CITY_OFFICE)


@dataclass(frozen=True)
class Gateway:
    """Calls of somebody with a token; the body may be bytes where it is to be no JSON."""

    client: Client
    issuer: Issuer

    def token(self, caller: Principal) -> str:
        """The caller's access token."""
        number = WORKER_NUMBER if caller.person_id else None
        return mint(self.issuer, caller.subject, MONDAY, document_number=number)

    def get(self, path: str, caller: Principal, language: str = "en") -> HTTPResponse:
        """Reads as the caller."""
        return self.client.http.get(path, headers=self._headers(caller, language))

    def post(
        self,
        path: str,
        caller: Principal,
        body: object = b"{}",
        *,
        language: str = "en",
        **headers: str | None,
    ) -> HTTPResponse:
        """Posts as the caller; a header named by a keyword replaces or, by None, drops it."""
        sent = self._headers(caller, language) | {
            "Content-Type": "application/json",
            "Idempotency-Key": "key-00000001",
        }
        named = {name.replace("_", "-").title(): value for name, value in headers.items()}
        kept = {name: value for name, value in (sent | named).items() if value is not None}
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.http.post(path, headers=kept, body=raw)

    def _headers(self, caller: Principal, language: str) -> dict[str, str | None]:
        return {
            "Authorization": f"Bearer {self.token(caller)}",
            "Accept-Language": language,
        }


def forget() -> None:
    """Drops what the process keeps of settings and of the issuer's keys."""
    from chalicelib.api import tokens

    settings.load.cache_clear()
    tokens.keys_of.cache_clear()


def number_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gives each request an id, as the gateway does in the cloud and Chalice's own does not."""
    made, numbers = LambdaEventConverter.create_lambda_event, count(1)

    def numbered(*arguments: Any, **named: Any) -> dict[str, Any]:
        event: dict[str, Any] = made(*arguments, **named)
        event["requestContext"]["requestId"] = f"request-{next(numbers)}"
        return event

    monkeypatch.setattr(LambdaEventConverter, "create_lambda_event", numbered)


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Issuer:
    folder = tmp_path_factory.mktemp("issuer")
    made = open_issuer(folder, "http://issuer.test", "voucher-city")
    write_documents(made, folder / "documents")
    return made


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

    def principal(subject: str, person_id: str | None, now: datetime) -> Principal:
        assert (person_id is not None) == (subject == WORKER.subject)
        if subject not in known:
            raise Forbidden("not_in_office")
        return known[subject]

    number_requests(monkeypatch)
    monkeypatch.setattr(identify, "person_of", lambda number: WORKER.person_id)
    monkeypatch.setattr(identify, "principal", principal)
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

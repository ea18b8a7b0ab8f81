"""The app behind Chalice's own gateway: real tokens, callers of the test's choice."""

import json
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from chalice.local import LambdaEventConverter
from chalice.test import Client, HTTPResponse
from stdnum.cn import ric

from chalicelib import settings
from chalicelib.api import tokens
from chalicelib.rules.ids import PersonId
from chalicelib.rules.principal import Principal, Right
from sim.issuer import Issuer, mint
from tests.builders import MONDAY
from tests.seeding import CITY_OFFICE, CLIENTS, official


def sample_number(serial: int) -> str:
    """A document number of nobody's, with its check digit."""
    digits = f"31990019900101{serial:03}"
    return digits + str(ric.calc_check_digit(f"{digits}0"))


WORKER_NUMBER = sample_number(1)
WORKER = Principal("worker-1", "worker", frozenset({Right.WORKER}), PersonId("p-worker-1"))
CITY = official("staff-city", *(set(Right) - {Right.WORKER}), office=CITY_OFFICE)


@dataclass(frozen=True)
class Gateway:
    """Calls of somebody with a token; the body may be bytes where it is to be no JSON."""

    client: Client
    issuer: Issuer

    def token(self, caller: Principal) -> str:
        """The caller's access token; a worker's is made for the first of the channels."""
        number, client = (WORKER_NUMBER, CLIENTS[0]) if caller.person_id else (None, None)
        return mint(self.issuer, caller.subject, MONDAY, document_number=number, client=client)

    def get(
        self, path: str, caller: Principal, language: str = "en", **headers: str
    ) -> HTTPResponse:
        """Reads as the caller; a keyword names a header more."""
        named = {name.replace("_", "-").title(): value for name, value in headers.items()}
        return self.client.http.get(path, headers=self._headers(caller, language) | named)

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

"""The headers that answers carry: the request's id, what is unchanged, what is on its way out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from chalice.app import Blueprint, Chalice
from chalice.test import Client

from chalicelib.api.bodies import Nothing
from chalicelib.api.http import PublicReading, Reading, public, reads
from chalicelib.api.routes import ROUTES
from chalicelib.rules.principal import Right
from chalicelib.usecases import list_budgets, show
from tests.api.gateway import CITY, WORKER, Gateway
from tests.builders import a_person

Verb = Callable[[Any, str, object], list[tuple[Any, ...]]]


@pytest.fixture
def old_route(gateway: Gateway) -> Iterator[Gateway]:
    """A gateway to an app of one route, which clients should do without since 2026-01-01."""
    before = list(ROUTES)
    bp = Blueprint(__name__)

    @reads(
        bp,
        "/old",
        rights=frozenset({Right.WORKER}),
        query=Nothing,
        gives=Nothing,
        deprecated=date(2026, 1, 1),
    )
    def old(asked: Reading[Nothing]) -> Nothing:
        """What nobody should ask for any more."""
        return Nothing()

    app = Chalice("old")
    app.register_blueprint(bp)
    yield replace(gateway, client=Client(app))
    ROUTES[:] = before


def test_every_answer_carries_the_requests_id(gateway: Gateway, verb: Verb) -> None:
    verb(list_budgets, "budgets", [])
    done, refused = gateway.get("/budgets", CITY), gateway.get("/budgets", WORKER)
    assert done.headers["X-Request-Id"]
    assert refused.headers["X-Request-Id"] == refused.json_body["request_id"]


@pytest.mark.parametrize("own", [str(uuid4()), str(uuid4()).upper()], ids=["small", "capitals"])
def test_a_caller_may_bring_the_id_of_his_request(gateway: Gateway, own: str) -> None:
    answer = gateway.get("/budgets", WORKER, x_request_id=own)
    assert answer.headers["X-Request-Id"] == answer.json_body["request_id"] == own


def test_no_other_text_of_a_callers_gets_into_the_logs(
    gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    answer = gateway.get("/budgets", WORKER, x_request_id="319900199001010018")
    assert answer.headers["X-Request-Id"].startswith("request-")
    assert "319900199001010018" not in repr([vars(record) for record in caplog.records])


def test_what_a_phone_knows_already_is_not_sent_again(gateway: Gateway, verb: Verb) -> None:
    verb(show, "me", a_person())
    first = gateway.get("/me", WORKER)
    tag = first.headers["ETag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = gateway.get("/me", WORKER, if_none_match=known)
        assert (again.status_code, again.body, again.headers["ETag"]) == (304, b"", tag)


def test_what_has_changed_is_sent_with_a_new_tag(gateway: Gateway, verb: Verb) -> None:
    verb(show, "me", a_person())
    tag = gateway.get("/me", WORKER).headers["ETag"]
    verb(show, "me", replace(a_person(), district="310115"))
    answer = gateway.get("/me", WORKER, if_none_match=tag)
    assert (answer.status_code, answer.json_body["district"]) == (200, "310115")
    assert answer.headers["ETag"] != tag


def test_a_problem_is_never_answered_as_unchanged(gateway: Gateway) -> None:
    answer = gateway.get("/me", CITY, if_none_match="*")
    assert (answer.status_code, "ETag" in answer.headers) == (403, False)


def test_what_nobody_polls_is_kept_by_no_cache(gateway: Gateway, verb: Verb) -> None:
    verb(list_budgets, "budgets", [])
    answer = gateway.get("/budgets", CITY, if_none_match="*")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")


def test_a_route_on_its_way_out_says_since_when(old_route: Gateway) -> None:
    answer = old_route.get("/old", WORKER)
    # 2026-01-01T00:00+08:00 as a structured date (RFC 9745).
    assert (answer.status_code, answer.headers["Deprecation"]) == (200, "@1767196800")


def test_a_route_that_stays_does_not(gateway: Gateway, verb: Verb) -> None:
    verb(list_budgets, "budgets", [])
    assert "Deprecation" not in gateway.get("/budgets", CITY).headers


def test_a_public_route_asks_for_no_token(gateway: Gateway) -> None:
    before = list(ROUTES)
    bp = Blueprint(__name__)

    @public(bp, "/open", query=Nothing, gives=Nothing)
    def seen(asked: PublicReading[Nothing]) -> Nothing:
        """What anybody may see."""
        return Nothing()

    app = Chalice("open")
    app.register_blueprint(bp)
    ROUTES[:] = before
    with Client(app) as client:
        assert client.http.get("/open").status_code == 200

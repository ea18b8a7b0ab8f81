"""How a route is written: `@reads` and `@changes`, and nothing else, put a view on a path.

Both demand the rights that open the route and wear the authorizer, so that none is open by
neglect. Beneath them a view gets one frozen value and gives a plain dict; errors become problems
here, because Chalice would answer a plain exception with its own 500 before anything sees it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec
from chalice.app import Blueprint, Response

from chalicelib import settings
from chalicelib.errors import CityError, Invalid
from chalicelib.observability import Log, logger
from chalicelib.rules import history
from chalicelib.rules.history import Command
from chalicelib.rules.principal import Principal, Right
from chalicelib.usecases import identify

from . import answers, bodies, problems
from .auth import authorize
from .incoming import Incoming
from .texts import Catalogue

B = TypeVar("B", bound=msgspec.Struct)
Q = TypeVar("Q", bound=msgspec.Struct)
Answer = dict[str, Any]

_KEY = re.compile(r"[A-Za-z0-9._:-]{8,64}")


@dataclass(frozen=True)
class Reading(Generic[Q]):
    """A request that changes nothing: who asks, when, what the path and the query name."""

    principal: Principal
    now: datetime
    path: Mapping[str, str]
    query: Q
    texts: Catalogue


@dataclass(frozen=True)
class Change(Generic[B]):
    """A request to change something: who, under which command, what path and body say."""

    principal: Principal
    command: Command
    path: Mapping[str, str]
    body: B
    texts: Catalogue


@dataclass(frozen=True)
class Route:
    """What a route declares; the document of the API is made from these."""

    method: str
    path: str
    rights: frozenset[Right]
    takes: type[msgspec.Struct]
    status: int
    view: str


ROUTES: list[Route] = []
"""Every route, in the order of its declaration."""


def reads(
    bp: Blueprint, path: str, *, rights: frozenset[Right], query: type[Q]
) -> Callable[[Callable[[Reading[Q]], Answer]], Callable[..., Response]]:
    """Puts a view on `GET path`, for callers who hold one of the rights."""

    def put(view: Callable[[Reading[Q]], Answer]) -> Callable[..., Response]:
        def serve(incoming: Incoming) -> Response:
            now = settings.now()
            principal = _principal(incoming, rights, now)
            asked = bodies.read_query(incoming.query, query)
            told = view(Reading(principal, now, incoming.path, asked, incoming.texts))
            return answers.answer(told, 200)

        route = Route("GET", path, rights, query, 200, view.__name__)
        return _register(bp, route, serve)

    return put


def changes(
    bp: Blueprint, path: str, *, rights: frozenset[Right], body: type[B], status: int = 201
) -> Callable[[Callable[[Change[B]], Answer]], Callable[..., Response]]:
    """Puts a view on `POST path`, for callers who hold one of the rights and send a key."""

    def put(view: Callable[[Change[B]], Answer]) -> Callable[..., Response]:
        def serve(incoming: Incoming) -> Response:
            now = settings.now()
            principal = _principal(incoming, rights, now)
            command = _command(incoming, principal, now)
            asked = bodies.read(incoming.json_body(), body)
            told = view(Change(principal, command, incoming.path, asked, incoming.texts))
            return answers.answer(told, status)

        route = Route("POST", path, rights, body, status, view.__name__)
        return _register(bp, route, serve)

    return put


def _register(
    bp: Blueprint, route: Route, serve: Callable[[Incoming], Response]
) -> Callable[..., Response]:
    def handler(**_: str) -> Response:
        return _answered(Incoming.of(bp.current_request), route, serve)

    handler.__name__ = route.view
    ROUTES.append(route)
    # No content types: Chalice would answer a wrong one itself, with something that is no problem.
    declare = bp.route(route.path, methods=[route.method], authorizer=authorize, content_types=[])
    declare(handler)
    return handler


def _answered(incoming: Incoming, route: Route, serve: Callable[[Incoming], Response]) -> Response:
    """The view's answer or the problem it met, and one log line for either."""
    line = {"edge": f"{route.method} {route.path}", "request_id": incoming.request_id}
    try:
        answer = serve(incoming)
    except CityError as error:
        logger.warning("refused", extra={"log": Log.REFUSED, "code": error.code, **line})
        return problems.problem(error, incoming.texts, incoming.request_id)
    except Exception as error:
        # The type alone: a message may quote what a caller sent.
        broken = {"log": Log.BROKEN, "error": type(error).__name__, **line}
        logger.error("broken", extra=broken)
        return problems.broken(incoming.texts, incoming.request_id)
    logger.info("done", extra={"log": Log.DONE, **line})
    return answer


def _principal(incoming: Incoming, rights: frozenset[Right], now: datetime) -> Principal:
    """The caller, once he holds one of the rights; Forbidden before anything else is read."""
    principal = identify.principal(incoming.subject, incoming.person_id, incoming.channel, now)
    if not rights & principal.rights:
        principal.require(min(rights))
    return principal


def _command(incoming: Incoming, principal: Principal, now: datetime) -> Command:
    key = incoming.key
    if key is None:
        raise Invalid("idempotency_key_missing", field="Idempotency-Key")
    if not _KEY.fullmatch(key):
        raise Invalid("idempotency_key_malformed", field="Idempotency-Key")
    return Command(
        actor=principal.person_id or principal.subject,
        role=principal.role,
        key=key,
        body=history.body_hash(incoming.body + incoming.address.encode()),
        at=now,
        channel=principal.channel,
    )

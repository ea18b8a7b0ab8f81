"""How a route is written: only `@reads`, `@changes` and `@public` put a view on a path.

The first two demand the rights that open the route and wear the authorizer; the third says by its
name that everybody may, so that none is open by neglect. Beneath them a view gets one frozen value
and gives one frozen struct; errors become problems here, because Chalice would answer a plain
exception with its own 500 before anything sees it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

import msgspec
from chalice.app import Blueprint, Response

from chalicelib import settings
from chalicelib.errors import CityError
from chalicelib.observability import Log, logger
from chalicelib.rules.history import Command
from chalicelib.rules.principal import Principal, Right

from . import answers, bodies, callers, problems
from .answers import Text
from .auth import authorize
from .incoming import Incoming
from .routes import ROUTES, Route
from .texts import Catalogue

B = TypeVar("B", bound=msgspec.Struct)
Q = TypeVar("Q", bound=msgspec.Struct)
A = TypeVar("A", bound=msgspec.Struct)


@dataclass(frozen=True)
class Reading(Generic[Q]):
    """A request that changes nothing: who asks, when, what the path and the query name.

    `here` is the API's own URL as people reach it; `wants` the kind of text that the Accept header
    puts before JSON, where the route has such a kind.
    """

    principal: Principal
    now: datetime
    path: Mapping[str, str]
    query: Q
    texts: Catalogue
    here: str
    wants: type[Text] | None


@dataclass(frozen=True)
class Change(Generic[B]):
    """A request to change something: who, under which command, what path and body say."""

    principal: Principal
    command: Command
    path: Mapping[str, str]
    body: B
    texts: Catalogue
    here: str
    wants: type[Text] | None


@dataclass(frozen=True)
class PublicReading(Generic[Q]):
    """A request of anybody's that changes nothing: when, what the path and the query name."""

    now: datetime
    path: Mapping[str, str]
    query: Q
    texts: Catalogue
    here: str
    wants: type[Text] | None


def reads(
    bp: Blueprint,
    path: str,
    *,
    rights: frozenset[Right],
    query: type[Q],
    gives: type[A],
    also: tuple[type[Text], ...] = (),
    problems: tuple[str, ...] = (),
) -> Callable[[Callable[[Reading[Q]], A | Text]], Callable[..., Response]]:
    """Puts a view on `GET path`, for callers who hold one of the rights.

    `problems` are the codes that its use case may raise beyond those every such route shares,
    `also` the kinds of text that the view gives in place of JSON to those who want one.
    """
    if not rights:
        raise TypeError("a route names the rights that open it")

    def put(view: Callable[[Reading[Q]], A | Text]) -> Callable[..., Response]:
        def serve(incoming: Incoming) -> Response:
            now = settings.now()
            principal = callers.principal(incoming, rights, now)
            asked = bodies.read_query(incoming.query, query)
            wants = answers.wanted(incoming.accept, also)
            told = view(
                Reading(principal, now, incoming.path, asked, incoming.texts, incoming.here, wants)
            )
            return answers.answer(told, 200)

        route = _route("GET", path, rights, query, gives, also, problems, 200, view)
        return _register(bp, route, serve)

    return put


def public(
    bp: Blueprint,
    path: str,
    *,
    query: type[Q],
    gives: type[A],
    also: tuple[type[Text], ...] = (),
    problems: tuple[str, ...] = (),
) -> Callable[[Callable[[PublicReading[Q]], A | Text]], Callable[..., Response]]:
    """Puts a view on `GET path`, for everybody, without a token."""

    def put(view: Callable[[PublicReading[Q]], A | Text]) -> Callable[..., Response]:
        def serve(incoming: Incoming) -> Response:
            asked = bodies.read_query(incoming.query, query)
            wants = answers.wanted(incoming.accept, also)
            now, texts = settings.now(), incoming.texts
            told = view(PublicReading(now, incoming.path, asked, texts, incoming.here, wants))
            return answers.answer(told, 200)

        route = _route("GET", path, frozenset(), query, gives, also, problems, 200, view)
        return _register(bp, route, serve)

    return put


def changes(
    bp: Blueprint,
    path: str,
    *,
    rights: frozenset[Right],
    body: type[B],
    gives: type[A],
    also: tuple[type[Text], ...] = (),
    problems: tuple[str, ...] = (),
    status: int = 201,
) -> Callable[[Callable[[Change[B]], A | Text]], Callable[..., Response]]:
    """Puts a view on `POST path`, for callers who hold one of the rights and send a key.

    `problems` are the codes that its use case may raise beyond those every such route shares,
    `also` the kinds of text that the view gives in place of JSON to those who want one.
    """
    if not rights:
        raise TypeError("a route names the rights that open it")

    def put(view: Callable[[Change[B]], A | Text]) -> Callable[..., Response]:
        def serve(incoming: Incoming) -> Response:
            now = settings.now()
            principal = callers.principal(incoming, rights, now)
            command = callers.command(incoming, principal, now)
            asked = bodies.read(incoming.json_body(), body)
            wants = answers.wanted(incoming.accept, also)
            told = view(
                Change(
                    principal, command, incoming.path, asked, incoming.texts, incoming.here, wants
                )
            )
            return answers.answer(told, status)

        route = _route("POST", path, rights, body, gives, also, problems, status, view)
        return _register(bp, route, serve)

    return put


def _route(
    method: str,
    path: str,
    rights: frozenset[Right],
    takes: type[msgspec.Struct],
    gives: type[msgspec.Struct],
    also: tuple[type[Text], ...],
    problems: tuple[str, ...],
    status: int,
    view: Callable[..., object],
) -> Route:
    about = (view.__doc__ or "").strip()
    return Route(method, path, rights, takes, gives, also, problems, status, view.__name__, about)


def _register(
    bp: Blueprint, route: Route, serve: Callable[[Incoming], Response]
) -> Callable[..., Response]:
    def handler(**_: str) -> Response:
        return _answered(Incoming.of(bp.current_request), route, serve)

    handler.__name__ = route.view
    ROUTES.append(route)
    # No content types: Chalice would answer a wrong one itself, with something that is no problem.
    opened_by = None if route.public else authorize
    declare = bp.route(route.path, methods=[route.method], authorizer=opened_by, content_types=[])
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

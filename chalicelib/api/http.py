"""How a route is written: only `@reads`, `@changes` and `@public` put a view on a path.

The first two demand the rights that open the route and wear the authorizer; the third says by its
name that everybody may, so that none is open by neglect. A view gets one frozen value and gives
one frozen struct; how its answer or its error leaves stands in `serving`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

import msgspec
from chalice.app import Blueprint, Response

from chalicelib import settings
from chalicelib.rules.history import Command
from chalicelib.rules.principal import Principal, Right
from chalicelib.usecases import keep_contact

from . import answers, bodies, callers, serving
from .answers import Text
from .incoming import Incoming
from .routes import Route
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
    polled: bool = False,
    deprecated: date | None = None,
) -> Callable[[Callable[[Reading[Q]], A | Text]], Callable[..., Response]]:
    """Puts a view on `GET path`, for callers who hold one of the rights.

    `problems` are the codes that its use case may raise beyond those every such route shares,
    `also` the kinds of text that the view gives in place of JSON to those who want one. `polled`
    is for what phones ask for again and again: unchanged, it is a 304. `deprecated` is the day
    from which clients should do without the route.
    """
    if not rights:
        raise TypeError("a route names the rights that open it")
    route = Route("GET", path, rights, query, gives, also, problems, 200, polled, deprecated)

    def put(view: Callable[[Reading[Q]], A | Text]) -> Callable[..., Response]:
        def serve(incoming: Incoming) -> Response:
            now, texts = settings.now(), incoming.texts
            principal = callers.principal(incoming, rights, now)
            asked = bodies.read_query(incoming.query, query)
            wants = answers.wanted(incoming.accept, also)
            told = view(Reading(principal, now, incoming.path, asked, texts, incoming.here, wants))
            return answers.answer(told, route.status)

        return serving.register(bp, route.shown_by(view), serve)

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
    route = Route("GET", path, frozenset(), query, gives, also, problems, 200)

    def put(view: Callable[[PublicReading[Q]], A | Text]) -> Callable[..., Response]:
        def serve(incoming: Incoming) -> Response:
            now, texts = settings.now(), incoming.texts
            asked = bodies.read_query(incoming.query, query)
            wants = answers.wanted(incoming.accept, also)
            told = view(PublicReading(now, incoming.path, asked, texts, incoming.here, wants))
            return answers.answer(told, route.status)

        return serving.register(bp, route.shown_by(view), serve)

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
    deprecated: date | None = None,
) -> Callable[[Callable[[Change[B]], A | Text]], Callable[..., Response]]:
    """Puts a view on `POST path`, for callers who hold one of the rights and send a key.

    The rest is as with `reads`.
    """
    if not rights:
        raise TypeError("a route names the rights that open it")
    route = Route("POST", path, rights, body, gives, also, problems, status, False, deprecated)

    def put(view: Callable[[Change[B]], A | Text]) -> Callable[..., Response]:
        def serve(incoming: Incoming) -> Response:
            now, texts = settings.now(), incoming.texts
            principal = callers.principal(incoming, rights, now)
            command = callers.command(incoming, principal, now)
            asked = bodies.read(incoming.json_body(), body)
            keep_contact.keep_contact(principal, now)
            wants = answers.wanted(incoming.accept, also)
            told = view(
                Change(principal, command, incoming.path, asked, texts, incoming.here, wants)
            )
            return answers.answer(told, route.status)

        return serving.register(bp, route.shown_by(view), serve)

    return put

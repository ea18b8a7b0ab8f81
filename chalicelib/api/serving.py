"""How a request is served: registered with Chalice, answered or refused, one log line for either.

Errors become problems here, because Chalice would answer a plain exception with its own 500
before anything sees it.
"""

from collections.abc import Callable

from chalice.app import Blueprint, Response

from chalicelib.errors import CityError
from chalicelib.observability import Log, logger

from . import answers, problems
from .auth import authorize
from .incoming import Incoming
from .routes import ROUTES, Route


def register(
    bp: Blueprint, route: Route, serve: Callable[[Incoming], Response]
) -> Callable[..., Response]:
    """Puts what serves a route on its path, behind the authorizer unless it is public."""

    def handler(**_: str) -> Response:
        return answered(Incoming.of(bp.current_request), route, serve)

    handler.__name__ = route.view
    ROUTES.append(route)
    # No content types: Chalice would answer a wrong one itself, with something that is no problem.
    opened_by = None if route.public else authorize
    declare = bp.route(route.path, methods=[route.method], authorizer=opened_by, content_types=[])
    declare(handler)
    return handler


def answered(incoming: Incoming, route: Route, serve: Callable[[Incoming], Response]) -> Response:
    """The view's answer or the problem it met, with the headers that every answer has."""
    line = {"edge": f"{route.method} {route.path}", "request_id": incoming.request_id}
    try:
        answer = serve(incoming)
    except CityError as error:
        logger.warning("refused", extra={"log": Log.REFUSED, "code": error.code, **line})
        answer = problems.problem(
            error, incoming.texts, incoming.request_id, worker=incoming.person_id is not None
        )
    except Exception as error:
        # The type alone: a message may quote what a caller sent.
        broken = {"log": Log.BROKEN, "error": type(error).__name__, **line}
        logger.error("broken", extra=broken)
        answer = problems.broken(incoming.texts, incoming.request_id)
    else:
        logger.info("done", extra={"log": Log.DONE, **line})
        if route.polled:
            answer = answers.unless_known(answer, incoming.known)
    answer.headers["X-Request-Id"] = incoming.request_id
    if route.deprecated:
        answer.headers["Deprecation"] = answers.since(route.deprecated)
    return answer

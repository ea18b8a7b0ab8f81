"""The API's contract as an OpenAPI 3.1 document, made from the routes and their types alone.

Only whoever wants the document imports this: no other request pays for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import answers, callers, problems
from .codes import STATUS_OF
from .incoming import FORMS
from .openapi_schemas import Schema, components, example, reference
from .routes import Route

_ABOUT = """Vocational training vouchers (职业培训券): claim, show, verify, enrol, check in, settle.

Instants are RFC 3339 with `+08:00`, money is whole fen (`amount_fen`), text for people comes in
zh-CN or en by `Accept-Language`. Every `POST` needs an `Idempotency-Key`: the same request with
the same key is done once, whatever happens on the way. A refused request is a problem document
(RFC 9457) with a stable `code`; docs/errors.md says what to do about each."""

_PARAMETERS: Mapping[str, Schema] = {
    "idempotency-key": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "One per action of a person; every retry of the request carries the same.",
        "schema": {"type": "string", "pattern": f"^{callers.KEY.pattern}$"},
        "example": "5e0c1f6a-0b57-4f0e-9a53-0c6c1d1f2a3b",
    },
    "accept-language": {
        "name": "Accept-Language",
        "in": "header",
        "description": "zh-CN or en for the texts; zh-CN without it.",
        "schema": {"type": "string"},
        "example": "zh-CN",
    },
    "x-request-id": {
        "name": "X-Request-Id",
        "in": "header",
        "description": "A UUID of the caller's for the logs of both sides; any other text is "
        "passed over.",
        "schema": {"type": "string", "format": "uuid"},
    },
    "if-none-match": {
        "name": "If-None-Match",
        "in": "header",
        "description": "The ETag of what the caller has; unchanged, the answer is a 304.",
        "schema": {"type": "string"},
    },
}
_HEADERS: Mapping[str, Schema] = {
    "x-request-id": {"description": "The request's id.", "schema": {"type": "string"}},
    "retry-after": {
        "description": "Seconds to wait before the same request.",
        "schema": {"type": "integer"},
    },
    "etag": {"description": "Changes with the answer.", "schema": {"type": "string"}},
    "deprecation": {
        "description": "Since when clients should do without this (RFC 9745).",
        "schema": {"type": "string", "pattern": "^@[0-9]+$"},
    },
}


def document(routes: Sequence[Route]) -> Schema:
    """The whole document."""
    types = {kind for route in routes for kind in (route.takes, route.gives)}
    told = {kind for kind in types if not issubclass(kind, answers.Text)}
    schemas = components(told | {problems.Problem})
    paths: dict[str, Schema] = {}
    for route in sorted(routes, key=lambda each: (each.path, each.method)):
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Voucher City", "version": "1", "description": _ABOUT},
        "servers": [{"url": "/v1"}],
        "tags": [{"name": name} for name in sorted({_tag(route) for route in routes})],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "parameters": dict(_PARAMETERS),
            "headers": dict(_HEADERS),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
            },
        },
    }


def _operation(route: Route, schemas: dict[str, Schema]) -> Schema:
    summary, _, more = route.about.partition("\n")
    rights = ", ".join(sorted(route.rights))
    opened = f"Open to who holds one of: {rights}." if rights else "Open to everybody."
    operation: Schema = {
        "operationId": route.view,
        "tags": [_tag(route)],
        "summary": summary.rstrip("."),
        "description": "\n\n".join(part for part in (more.strip(), opened) if part),
        "security": [] if route.public else [{"token": []}],
        "parameters": [*_parameters(route, schemas)],
        "responses": _responses(route),
    }
    if route.deprecated:
        operation["deprecated"] = True
    if route.method == "POST":
        body = reference(route.takes)
        media = {"schema": body, "example": example(body, schemas)}
        operation["requestBody"] = {"required": True, "content": {"application/json": media}}
    return operation


def _parameters(route: Route, schemas: Mapping[str, Schema]) -> Iterable[Schema]:
    for name, (what, form) in FORMS.items():
        if f"{{{name}}}" in route.path:
            schema = {"type": "string", "pattern": f"^{form.pattern}$"}
            about = f"The {what}."
            yield {
                "name": name,
                "in": "path",
                "required": True,
                "description": about,
                "schema": schema,
            }
    wanted = ["accept-language", "x-request-id"]
    if route.method == "GET":
        query = schemas[reference(route.takes)["$ref"].rpartition("/")[2]]
        for name, schema in query["properties"].items():
            required = name in query.get("required", ())
            yield {"name": name, "in": "query", "required": required, "schema": schema}
    else:
        wanted.append("idempotency-key")
    if route.polled:
        wanted.append("if-none-match")
    yield from ({"$ref": f"#/components/parameters/{name}"} for name in wanted)


def _responses(route: Route) -> Schema:
    by_status: dict[int, list[str]] = {}
    for code in route.codes:
        by_status.setdefault(STATUS_OF[code], []).append(code)
    responses = {str(route.status): _done(route)}
    if route.polled:
        unchanged = {"description": "Unchanged.", "headers": _headers(route, "etag")}
        responses["304"] = unchanged
    for status, codes in sorted(by_status.items()):
        responses[str(status)] = _problem(route, status, sorted(codes))
    return responses


def _done(route: Route) -> Schema:
    content: Schema = {}
    for kind in (route.gives, *route.also):
        if issubclass(kind, answers.Text):
            content[kind.media_type] = {"schema": {"type": "string"}}
        else:
            content["application/json"] = {"schema": reference(kind)}
    headers = _headers(route, *(["etag"] if route.polled else ()))
    return {"description": route.about.partition("\n")[0], "headers": headers, "content": content}


def _problem(route: Route, status: int, codes: list[str]) -> Schema:
    narrowed = {"properties": {"status": {"const": status}, "code": {"enum": codes}}}
    schema = {"allOf": [reference(problems.Problem), narrowed]}
    return {
        "description": ", ".join(codes),
        "headers": _headers(route, *(["retry-after"] if status in (429, 503) else ())),
        "content": {problems.MEDIA_TYPE: {"schema": schema}},
    }


def _headers(route: Route, *more: str) -> dict[str, Any]:
    shown = {"X-Request-Id": "x-request-id", "Retry-After": "retry-after", "ETag": "etag"}
    shown["Deprecation"] = "deprecation"
    wanted = {"x-request-id", *more} | ({"deprecation"} if route.deprecated else set())
    return {
        header: {"$ref": f"#/components/headers/{name}"}
        for header, name in shown.items()
        if name in wanted
    }


def _tag(route: Route) -> str:
    return route.path.split("/")[1]

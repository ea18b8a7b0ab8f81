"""An error of the city as a problem document (RFC 9457): the one place where errors meet HTTP."""

from collections.abc import Mapping
from typing import Any

from chalice.app import Response

from chalicelib.errors import (
    CityError,
    Conflict,
    Forbidden,
    Invalid,
    KeyReused,
    NotFound,
    Refused,
    Unavailable,
)

from . import answers
from .texts import Catalogue

MEDIA_TYPE = "application/problem+json"
BROKEN = "broken"
_RETRY_AFTER_S = 2

STATUS: dict[type[CityError], int] = {
    Invalid: 400,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    Refused: 422,
    KeyReused: 422,
    Unavailable: 503,
}


def problem(error: CityError, texts: Catalogue, request_id: str) -> Response:
    """The answer to a request that met this error."""
    status = STATUS[type(error)]
    document = _document(error.code, status, texts, request_id, error.facts)
    if error.field is not None:
        document["field"] = error.field
    if isinstance(error, Refused):
        rule = error.rule
        document["rule"] = {"section": rule.section, "name": texts.rule(rule.name)}
    wait = {"Retry-After": str(_RETRY_AFTER_S)} if status == 503 else {}
    return answers.answer(document, status, {**_headers(texts), **wait})


def broken(texts: Catalogue, request_id: str) -> Response:
    """The answer where the city itself failed: nothing but the request's id."""
    document = _document(BROKEN, 500, texts, request_id, {})
    return answers.answer(document, 500, _headers(texts))


def _document(
    code: str, status: int, texts: Catalogue, request_id: str, facts: Mapping[str, object]
) -> dict[str, Any]:
    return {
        "type": f"urn:voucher-city:problem:{code}",
        "title": texts.title(code),
        "status": status,
        "code": code,
        "detail": texts.detail(code, facts),
        "request_id": request_id,
    }


def _headers(texts: Catalogue) -> dict[str, str]:
    return {"Content-Type": MEDIA_TYPE, "Content-Language": texts.language}

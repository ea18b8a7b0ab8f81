"""How an answer leaves: a struct as JSON in UTF-8, or a text of another kind; kept by no cache.

What phones poll they may keep, if they ask each time whether it is still so.
"""

import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import ClassVar

import msgspec
from chalice.app import Response

from chalicelib.rules import calendar

_QUALITY = re.compile(r"(?:^|;)\s*q=([01](?:\.[0-9]{0,3})?)\s*(?:;|$)")


class Text(msgspec.Struct, frozen=True):
    """An answer that is no JSON; each kind of it says its media type."""

    media_type: ClassVar[str] = "text/plain; charset=utf-8"
    headers: ClassVar[Mapping[str, str]] = {}
    text: str


class Html(Text, frozen=True):
    """A page; nothing it shows comes from anywhere else."""

    media_type: ClassVar[str] = "text/html; charset=utf-8"
    headers: ClassVar[Mapping[str, str]] = {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    }


class Svg(Text, frozen=True):
    """A picture."""

    media_type: ClassVar[str] = "image/svg+xml"


def wanted(accept: str, kinds: Sequence[type[Text]]) -> type[Text] | None:
    """The kind whose media type an Accept header puts before JSON, or None for JSON.

    Only a kind that the header names outright is wanted: `*/*` gets JSON (RFC 9110, 12.5.1).
    """
    named = {}
    for entry in accept.split(",")[:16]:
        media_type, _, parameters = entry.partition(";")
        named[media_type.strip().lower()] = _weight(parameters)
    least = named.get("application/json", 0.0)
    weights = {kind: named.get(kind.media_type.partition(";")[0], 0.0) for kind in kinds}
    best = max(weights, key=lambda kind: weights[kind], default=None)
    return best if best and weights[best] > least else None


def _weight(parameters: str) -> float:
    found = _QUALITY.search(parameters)
    return float(found[1]) if found else 1.0


def answer(told: msgspec.Struct, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """What is told, as Chalice hands it to the gateway."""
    # Written here and not by Chalice, which would escape every Chinese character.
    more: Mapping[str, str] = {}
    if isinstance(told, Text):
        body, media_type, more = told.text, told.media_type, told.headers
    else:
        body, media_type = msgspec.json.encode(told).decode(), "application/json"
    kept: dict[str, str | list[str]] = {"Content-Type": media_type, "Cache-Control": "no-store"}
    kept.update({**more, **(headers or {})})
    return Response(body, kept, status)


def unless_known(answer: Response, known: str) -> Response:
    """The answer with its ETag, or a 304 where the caller's If-None-Match names that (RFC 9110)."""
    tag = f'"{urlsafe_b64encode(sha256(answer.body.encode()).digest()).decode()[:22]}"'
    kept: dict[str, str | list[str]] = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if known.strip() == "*" or tag in {
        each.strip().removeprefix("W/") for each in known.split(",")
    }:
        return Response("", kept, 304)
    answer.headers.update(kept)
    return answer


def since(day: date) -> str:
    """A day as the structured date of a Deprecation header (RFC 9745): `@` and seconds."""
    return f"@{int(calendar.midnight(day).timestamp())}"

"""How an answer leaves: a struct as JSON in UTF-8, or a text of another kind; kept by no cache."""

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar

import msgspec
from chalice.app import Response

_QUALITY = re.compile(r"(?:^|;)\s*q=([01](?:\.[0-9]{0,3})?)\s*(?:;|$)")


class Text(msgspec.Struct, frozen=True):
    """An answer that is no JSON; each kind of it says its media type."""

    media_type: ClassVar[str] = "text/plain; charset=utf-8"
    text: str


class Html(Text, frozen=True):
    """A page."""

    media_type: ClassVar[str] = "text/html; charset=utf-8"


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
    if isinstance(told, Text):
        body, media_type = told.text, told.media_type
    else:
        body, media_type = msgspec.json.encode(told).decode(), "application/json"
    kept: dict[str, str | list[str]] = {"Content-Type": media_type, "Cache-Control": "no-store"}
    kept.update(headers or {})
    return Response(body, kept, status)

"""How an answer leaves: a struct as JSON in UTF-8, or a text of another kind; kept by no cache."""

from collections.abc import Mapping
from typing import ClassVar

import msgspec
from chalice.app import Response


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

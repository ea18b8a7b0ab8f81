"""How an answer leaves: JSON in UTF-8, kept by no cache."""

from collections.abc import Mapping
from typing import Any

import msgspec
from chalice.app import Response

_HEADERS = {"Content-Type": "application/json", "Cache-Control": "no-store"}


def answer(
    document: Mapping[str, Any], status: int, headers: Mapping[str, str] | None = None
) -> Response:
    """The document as Chalice hands it to the gateway."""
    # Written here and not by Chalice, which would escape every Chinese character.
    body = msgspec.json.encode(document).decode()
    return Response(body, {**_HEADERS, **(headers or {})}, status)

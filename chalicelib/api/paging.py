"""Pages of a list: an opaque cursor outside, a position inside.

A cursor is a position as base64url text. It is no secret and no right: whose list it is, the use
case asks every time. What it decodes to is checked against the form of its list's positions, so
that nothing but a position reaches the store.
"""

import binascii
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated

from msgspec import Meta

from chalicelib.errors import Invalid

Cursor = Annotated[
    str,
    Meta(
        max_length=512,
        description="Where the page begins: `next_cursor` of the one before it.",
        examples=[""],
    ),
]
Limit = Annotated[int, Meta(ge=1, le=100, description="How many entries the page has at most.")]
NextCursor = Annotated[
    str,
    Meta(description="Where the next page begins; absent on the last.", examples=["bC1xdzJ6N2s"]),
]
MOST = 100


def position(cursor: str, form: re.Pattern[str]) -> str:
    """The position a cursor stands for, "" for the first page's; Invalid `bad_cursor`."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        found = urlsafe_b64decode(padded).decode("ascii")
    except (binascii.Error, UnicodeError):
        raise Invalid("bad_cursor", field="cursor") from None
    # Decoding skips strange characters: only the very text that `next_cursor` gave is one.
    if cursor and (not form.fullmatch(found) or next_cursor(found) != cursor):
        raise Invalid("bad_cursor", field="cursor")
    return found


def next_cursor(position: str) -> str | None:
    """The cursor for the page that begins there; None where no page follows."""
    return urlsafe_b64encode(position.encode()).decode().rstrip("=") or None

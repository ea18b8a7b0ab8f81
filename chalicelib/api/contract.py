"""The API's own contract: the OpenAPI document, and a page to try it on. Open to everybody."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar

import msgspec
from chalice.app import Blueprint

from .answers import Html
from .bodies import Nothing
from .http import PublicReading, public
from .routes import ROUTES

bp = Blueprint(__name__)
_PAGE = Path(__file__).parent / "swagger_ui"


class Contract(msgspec.Struct, frozen=True):
    """An OpenAPI 3.1 document."""

    openapi: Annotated[str, msgspec.Meta(examples=["3.1.0"])]
    info: dict[str, Any]
    servers: list[dict[str, Any]]
    tags: list[dict[str, Any]]
    paths: dict[str, Any]
    components: dict[str, Any]


class TryIt(Html, frozen=True):
    """The page, which brings its own script and calls this API alone."""

    headers: ClassVar[Mapping[str, str]] = {
        "Content-Security-Policy": "default-src 'none'; script-src 'unsafe-inline'; "
        "style-src 'unsafe-inline'; img-src data:; connect-src 'self'"
    }


@public(bp, "/openapi.json", query=Nothing, gives=Contract)
def show_contract(asked: PublicReading[Nothing]) -> Contract:
    """This document."""
    return _contract()


@public(bp, "/docs", query=Nothing, gives=TryIt)
def show_docs(asked: PublicReading[Nothing]) -> TryIt:
    """A page on which this document is read and its calls are tried."""
    return TryIt(_page())


@cache
def _contract() -> Contract:
    # Whoever wants a voucher does not pay for the document.
    from . import openapi

    return msgspec.convert(openapi.document(ROUTES), Contract)


@cache
def _page() -> str:
    page = (_PAGE / "page.html").read_text(encoding="utf-8")
    for asset in ("swagger-ui.css", "swagger-ui-bundle.js"):
        page = page.replace(f"/*{asset}*/", (_PAGE / asset).read_text(encoding="utf-8"))
    return page

"""docs/openapi.json and docs/errors.md, written anew by `python -m infra.contract`.

Both are made from the routes; no table and no cloud is asked.
"""

import json
import os
from pathlib import Path

from infra import error_page

OPENAPI = Path("docs/openapi.json")
ERRORS = Path("docs/errors.md")


def openapi() -> str:
    """The OpenAPI document as it is committed."""
    from chalicelib.api import openapi
    from chalicelib.api.routes import ROUTES

    return json.dumps(openapi.document(ROUTES), ensure_ascii=False, indent=1) + "\n"


def errors() -> str:
    """The page of errors as it is committed."""
    from chalicelib.api.routes import ROUTES

    return error_page.page(ROUTES)


def main() -> None:
    """Write both anew."""
    os.environ.setdefault("STAGE", "local")
    import app  # noqa: F401  (a route is known once its module is imported)

    OPENAPI.write_text(openapi(), encoding="utf-8")
    ERRORS.write_text(errors(), encoding="utf-8")


if __name__ == "__main__":
    main()

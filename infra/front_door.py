"""The front door: one address on localhost for the API under /v1 and for the issuer's documents.

It passes requests on as they are. The API's own address changes with its routes; this one stays.
Where it leads nowhere it says so as the gateway does, in both languages at once. Who issues tokens
is decided elsewhere.
"""

import http.client
import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

from infra import paths

_DOCUMENTS: Final = ("/.well-known/openid-configuration", "/jwks.json")
_TEXTS: Final = paths.ROOT / "chalicelib" / "api" / "texts"
_OF_THE_HOP: Final = {"connection", "content-length", "host", "keep-alive", "transfer-encoding"}


class FrontDoor:
    """An open door: its `url`, and the `api_url` it leads to, which may be told later."""

    def __init__(self, port: int, documents: Path) -> None:
        """Listen on `port` of 127.0.0.1, 0 for a free one; serve the issuer's `documents`."""
        self.api_url = ""
        self.documents = documents
        self.server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, self))
        self.url = f"http://localhost:{self.server.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, door: FrontDoor, *connection: Any) -> None:
        self.door = door
        super().__init__(*connection)

    def _answer(self) -> None:
        # Read whatever becomes of it: the next request of the connection begins behind it.
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = urlsplit(self.path).path
        document = self.door.documents / path[1:]
        if path in _DOCUMENTS and self.command == "GET" and document.exists():
            self._send(200, [("Content-Type", "application/json")], document.read_bytes())
        elif path.startswith("/v1/") and self.door.api_url:
            self._pass_on(self.door.api_url, body)
        else:
            self._send_problem(404, "not_found", "address")

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _answer  # noqa: N815

    def _pass_on(self, api_url: str, body: bytes) -> None:
        api = urlsplit(api_url)
        headers = {k: v for k, v in self.headers.items() if k.lower() not in _OF_THE_HOP}
        connection = http.client.HTTPConnection(str(api.hostname), api.port, timeout=60)
        try:
            target = api.path + self.path.removeprefix("/v1")
            connection.request(self.command, target, body=body or None, headers=headers)
            answer = connection.getresponse()
            told = answer.status, answer.getheaders(), answer.read()
        except (OSError, http.client.HTTPException):
            self._send_problem(503, "unavailable", "city", ("Retry-After", "5"))
        else:
            self._send(*told)
        finally:
            connection.close()

    def _send_problem(self, status: int, code: str, what: str, *more: tuple[str, str]) -> None:
        request_id = str(uuid4())
        content = _problem(status, code, what) | {"request_id": request_id}
        headers = [("Content-Type", "application/problem+json"), ("X-Request-Id", request_id)]
        self._send(status, [*headers, *more], json.dumps(content, ensure_ascii=False).encode())

    def _send(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in _OF_THE_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep silent: addresses carry ids, and the gateway logs them anyway."""


def _problem(status: int, code: str, what: str) -> dict[str, str | int]:
    """The problem document, but for the request's id; its words are the catalogues'."""
    titles, details = [], []
    for language in ("zh-CN", "en"):
        told = json.loads((_TEXTS / f"{language}.json").read_text(encoding="utf-8"))
        titles.append(told["problems"][code]["title"])
        details.append(told["problems"][code]["detail"].format(what=told["words"][what]))
    return {
        "type": f"urn:voucher-city:problem:{code}",
        "title": " / ".join(titles),
        "status": status,
        "code": code,
        "detail": " / ".join(details),
    }


@contextmanager
def opened(port: int, documents: Path) -> Iterator[FrontDoor]:
    """A front door that is open for the length of the block."""
    door = FrontDoor(port, documents)
    thread = threading.Thread(target=door.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield door
    finally:
        door.server.shutdown()
        door.server.server_close()


def main(arguments: list[str]) -> None:
    """`python -m infra.front_door PORT DOCUMENTS API_URL`: stand open until ended."""
    port, documents, api_url = arguments
    door = FrontDoor(int(port), Path(documents))
    door.api_url = api_url
    door.server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1:])

"""A city of one process: answers as its test tells it to, and remembers what it was asked."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

RUN: dict[str, Any] = {
    "run_id": "run-1",
    "kind": "roster",
    "state": "done",
    "rows": 3,
    "applied": 1,
    "existed": 1,
    "refused": 1,
    "refusals": [{"line": 3, "column": "证件号码", "code": "check_digit", "reason": "校验位不符"}],
}
"""A run of three rows, as the city tells it."""


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


Reply = tuple[int, Any]


@dataclass
class FakeCity:
    """Replies come from `answer`; every request is kept in `asked`."""

    answer: Callable[[Asked], Reply]
    url: str = ""
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def fake_city(answer: Callable[[Asked], Reply]) -> Iterator[FakeCity]:
    """A city on a free port of 127.0.0.1 for the length of the block."""
    city = FakeCity(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def respond(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            sent = self.rfile.read(length)
            is_json = self.headers.get("Content-Type") == "application/json"
            body = json.loads(sent) if is_json else sent or None
            asked = Asked(self.command, self.path, dict(self.headers), body)
            city.asked.append(asked)
            status, told = city.answer(asked)
            data = told if isinstance(told, bytes) else json.dumps(told).encode()
            problem = "application/problem+json"
            self.send_response(status)
            self.send_header("Content-Type", problem if status >= 400 else "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = respond  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    city.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield city
    finally:
        server.shutdown()
        server.server_close()


def problem(status: int, code: str, **more: Any) -> Reply:
    """An RFC 9457 problem as the city words one."""
    return status, {
        "type": f"urn:voucher-city:problem:{code}",
        "title": code,
        "status": status,
        "code": code,
        "detail": code,
        "request_id": "r-1",
        **more,
    }

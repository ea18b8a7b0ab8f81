"""The city's HTTP API seen from outside: one call, its answer, and what went wrong.

Here: connections kept alive, the headers every call carries, the one loop of retries.
Not here: what any call means.
"""

import json
import random
import time
import uuid
from dataclasses import dataclass
from typing import Any

import urllib3

TRANSIENT = {429, 502, 503, 504}
TRIES = 5
FIRST_PAUSE_S = 0.3
JSON = "application/json"
TIMEOUT = urllib3.Timeout(connect=5, read=70)


@dataclass(frozen=True)
class Request:
    """One call: method, path beneath the API's URL, body, language and media type of its answer."""

    method: str
    path: str
    body: dict[str, Any] | None = None
    language: str = "en"
    accept: str = JSON

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Answer:
    """What came back: status, media type, the JSON (empty when there was none), the whole text."""

    request: Request
    status: int
    media_type: str
    json: dict[str, Any]
    text: str = ""

    @property
    def code(self) -> str | None:
        """The problem's stable code, or None when the answer is no problem."""
        code = self.json.get("code")
        return code if self.status >= 400 and isinstance(code, str) else None


class UnreachableError(Exception):
    """No answer came: the city is down, or not at this address."""

    def __init__(self, request: Request, cause: str) -> None:
        super().__init__(f"{request}: {cause}")
        self.request = request
        self.cause = cause


class Api:
    """The API at one URL. Safe for many threads: each call borrows a kept connection."""

    def __init__(self, url: str, connections: int = 1) -> None:
        self.url = url.rstrip("/")
        self._pool = urllib3.PoolManager(maxsize=connections, block=True, timeout=TIMEOUT)

    def get(self, path: str, token: str | None, language: str = "en") -> Answer:
        """Read `path`. Raises UnreachableError."""
        return self._call(Request("GET", path, language=language), token, key=None)

    def post(
        self,
        path: str,
        token: str | None,
        body: dict[str, Any],
        *,
        key: str | None = None,
        language: str = "en",
        accept: str = JSON,
    ) -> Answer:
        """Post `body`; `key` is its Idempotency-Key, drawn here when none is given.

        A lost or transient answer is asked for again under the same key, which the city
        answers without a second effect. Raises UnreachableError.
        """
        request = Request("POST", path, body, language, accept)
        return self._call(request, token, key or uuid.uuid4().hex)

    def _call(self, request: Request, token: str | None, key: str | None) -> Answer:
        for attempt in range(1, TRIES + 1):
            try:
                answer = self._once(request, token, key)
            except urllib3.exceptions.HTTPError as error:
                if attempt == TRIES:
                    raise UnreachableError(request, str(error)) from error
            else:
                if answer.status not in TRANSIENT or attempt == TRIES:
                    return answer
            time.sleep(random.uniform(0, FIRST_PAUSE_S * 2**attempt))
        raise AssertionError("the loop always returns or raises")

    def _once(self, request: Request, token: str | None, key: str | None) -> Answer:
        headers = {"Accept": request.accept, "Accept-Language": request.language}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        if key is not None:
            headers["Idempotency-Key"] = key
        body = None
        if request.body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(request.body, ensure_ascii=False).encode()
        response = self._pool.request(
            request.method, self.url + request.path, body=body, headers=headers, retries=False
        )
        media_type = response.headers.get("Content-Type", "").split(";")[0].strip()
        text = response.data.decode("utf-8", "replace")
        return Answer(request, response.status, media_type, _read(response.data), text)


def _read(data: bytes) -> dict[str, Any]:
    try:
        content = json.loads(data)
    except ValueError:
        # A gateway's own page: shown to the operator as it is, shortened.
        return {"text": data[:500].decode("utf-8", "replace")} if data else {}
    return content if isinstance(content, dict) else {"content": content}

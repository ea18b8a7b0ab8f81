"""What came in, as the gateway hands it over: the one reader of Chalice's request.

Names in a path are checked here against the form of their kind: an id that cannot exist is not
found, and no store is asked for it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chalice.app import Request

from chalicelib import settings
from chalicelib.errors import Invalid, NotFound
from chalicelib.rules import ids

from . import texts
from .texts import Catalogue

FORMS = {
    "voucher_id": ("voucher", ids.form("v")),
    "class_id": ("class", ids.form("c")),
    "run_id": ("run", ids.form("r")),
    "proposal_id": ("proposal", ids.form("s")),
    "line_id": ("line", ids.form("l")),
    "policy_hash": ("policy", re.compile(r"[0-9a-f]{32}")),
    "client_id": ("channel", re.compile(r"[a-z][a-z0-9-]{1,63}")),
    "programme": ("programme", re.compile(r"[a-z][a-z0-9-]{0,63}")),
    # As somebody types it who reads it off paper; what it stands for is decided later.
    "record_code": ("record", re.compile(r"[0-9A-Za-z%+ -]{1,96}")),
    "lesson_no": ("lesson", re.compile(r"[1-9][0-9]{0,2}")),
}
"""What each name in a path stands for, and the form it has."""

# In either case: iOS writes capitals.
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True)
class Incoming:
    """One request: who, for which address, with which headers that matter, and its bytes."""

    request_id: str
    subject: str
    person_id: str | None
    channel: str
    named: Mapping[str, str]
    query: Mapping[str, Sequence[str]]
    address: str
    key: str | None
    media_type: str
    accept: str
    here: str
    known: str
    texts: Catalogue
    body: bytes

    @classmethod
    def of(cls, request: Request) -> "Incoming":
        """The request that Chalice is serving."""
        # Who asks a public route is not known, and does not matter.
        caller = request.context.get("authorizer") or {"subject": ""}
        named = dict(request.uri_params or {})
        query = request.query_params
        accepted = request.headers.get("accept-language", "")
        return cls(
            request_id=_request_id(request),
            subject=caller["subject"],
            person_id=caller.get("person_id"),
            channel=caller.get("channel", ""),
            named=named,
            query={name: query.getlist(name) for name in query or ()} if query else {},
            address="\n".join((request.path, *(named[name] for name in sorted(named)))),
            key=request.headers.get("idempotency-key"),
            media_type=request.headers.get("content-type", "").split(";")[0].strip().lower(),
            accept=request.headers.get("accept", ""),
            here=_here(request),
            known=request.headers.get("if-none-match", ""),
            texts=texts.catalogue(texts.preferred(accepted)),
            body=_body(request),
        )

    @property
    def path(self) -> Mapping[str, str]:
        """What the path names, each in the form of its kind; else NotFound."""
        for name, value in self.named.items():
            what, form = FORMS[name]
            if not form.fullmatch(value):
                raise NotFound(what)
        return self.named

    def json_body(self) -> bytes:
        """The body, where it says it is JSON; Invalid `media_type` otherwise."""
        if self.media_type != "application/json":
            raise Invalid("media_type", field="Content-Type")
        return self.body


def _here(request: Request) -> str:
    """The API's URL as people reach it: as the operator said, else as this request came in."""
    if told := settings.load().public_url:
        return told.rstrip("/")
    context = request.context
    host = context.get("domainName") or request.headers.get("host", "")
    # What stands before the resource's own path is the stage, or a custom domain's base path.
    before = str(context["path"]).rsplit("/", request.path.count("/"))[0]
    return f"https://{host}{before}"


def _request_id(request: Request) -> str:
    """The caller's own id where it is a UUID, for logs keep no text of a caller's; else ours."""
    own = request.headers.get("x-request-id", "")
    return own if _UUID.fullmatch(own) else str(request.context["requestId"])


def _body(request: Request) -> bytes:
    try:
        raw = request.raw_body
    except ValueError:
        # Text that is no UTF-8, or base64 that is none: the parser will say so of these bytes.
        return b"\xff"
    return raw.encode() if isinstance(raw, str) else raw

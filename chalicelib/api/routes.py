"""What a route declares: the one list from which the document of the API is made.

`http` puts views on paths and adds them here; nothing here serves a request.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import msgspec

from chalicelib.rules.principal import Right

from .answers import Text
from .codes import BROKEN, STATUS_OF

_ALWAYS = frozenset({"invalid", "too_many_requests", "unavailable", BROKEN})
_WITH_A_TOKEN = frozenset(
    {"forbidden", "unauthenticated", "right_missing", "not_in_office", "unknown_client"}
)
_WITH_NAMES_IN_THE_PATH = frozenset({"not_found"})
_IN_A_QUERY = frozenset({"bad_value", "duplicate_key", "missing_field", "unknown_field"})
_IN_A_CHANGE = _IN_A_QUERY | {
    "bad_json",
    "changed_meanwhile",
    "idempotency_key_malformed",
    "idempotency_key_missing",
    "idempotency_key_reused",
    "media_type",
    "too_deep",
    "too_large",
}


@dataclass(frozen=True)
class Route:
    """A method and a path: who may, what it takes, what it gives, which problems are its own.

    `also` are the kinds of text it can give in place of JSON.
    """

    method: str
    path: str
    rights: frozenset[Right]
    takes: type[msgspec.Struct]
    gives: type[msgspec.Struct]
    also: tuple[type[Text], ...]
    problems: tuple[str, ...]
    status: int
    polled: bool = False
    deprecated: date | None = None
    view: str = ""
    about: str = ""

    def __post_init__(self) -> None:
        if unknown := set(self.problems) - set(STATUS_OF):
            raise LookupError(f"{self.path}: no such problem code: {', '.join(sorted(unknown))}")

    def shown_by(self, view: Callable[..., object]) -> "Route":
        """The same with its view, whose docstring says what it gives."""
        return replace(self, view=view.__name__, about=(view.__doc__ or "").strip())

    @property
    def public(self) -> bool:
        """Whether it is open to everybody, without a token."""
        return not self.rights

    @property
    def codes(self) -> frozenset[str]:
        """Every problem code it may answer with: its own and those it shares."""
        shared = _ALWAYS | (_IN_A_QUERY if self.method == "GET" else _IN_A_CHANGE)
        if not self.public:
            shared |= _WITH_A_TOKEN
        if "{" in self.path:
            shared |= _WITH_NAMES_IN_THE_PATH
        return shared | set(self.problems)


ROUTES: list[Route] = []
"""Every route, in the order of its declaration."""

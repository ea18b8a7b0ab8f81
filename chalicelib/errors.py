"""The errors of the city, as types with stable codes; no HTTP and no text for people in here.

CityError
├── Invalid        the input cannot be read: malformed, unknown field, bad value
├── Refused        the input is clear and a rule says no; carries the rule and its provision
├── Forbidden      the caller lacks the right
├── NotFound       absent, or not the caller's to see: both answer alike
├── Conflict       the object is not in a state that allows this, or somebody was faster
├── KeyReused      the same idempotency key came with another request
└── Unavailable    a dependency did not answer; nothing is known to be half done
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Rule:
    """The rule behind a refusal: its short name and the provision of the notice it rests on."""

    name: str
    section: str


class CityError(Exception):
    """Anything the city refuses or cannot do; `code` is stable, `facts` fill the people's text.

    `facts` never hold personal data: they travel into answers and logs.
    """

    def __init__(
        self, code: str, *, field: str | None = None, facts: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = dict(facts or {})


class Invalid(CityError):
    """The input cannot be read."""


class Refused(CityError):
    """A rule says no; `why` are the steps of the decision, where one was made, for people alone."""

    def __init__(
        self,
        code: str,
        rule: Rule,
        *,
        field: str | None = None,
        facts: Mapping[str, object] | None = None,
        why: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        super().__init__(code, field=field, facts=facts)
        self.rule = rule
        self.why = tuple(why)


class Forbidden(CityError):
    """The caller lacks the right."""


class NotFound(CityError):
    """Absent, or not the caller's to see."""

    def __init__(self, what: str) -> None:
        super().__init__("not_found", facts={"what": what})


class Conflict(CityError):
    """The object is not in a state that allows this, or somebody was faster."""


class KeyReused(CityError):
    """The same idempotency key came with another request."""

    def __init__(self) -> None:
        super().__init__("idempotency_key_reused", field="Idempotency-Key")


class Unavailable(CityError):
    """A dependency did not answer in time; the same request may be sent again."""

    def __init__(self, what: str) -> None:
        super().__init__("unavailable", facts={"what": what})

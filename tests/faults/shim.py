"""The fault shim: plays one fault at one AWS call, with no change to the product's code.

It hangs on botocore's own events of the process's clients. A `Killed` stands for the process's
death: it is no Exception, so nothing of the city can catch it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from botocore.exceptions import ReadTimeoutError

from chalicelib.store import aws, programmes, table, timelines


class Fault(StrEnum):
    """What goes wrong at the chosen call."""

    DIE_BEFORE = "die before"
    DIE_AFTER = "die after it was applied"
    ANSWER_LOST = "answer lost and retried"
    THROTTLED = "throttled"
    CONFLICT = "conflict"


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Shim:
    """Counts the calls of a flow and plays `fault` at call number `at` (from 0), once."""

    fault: Fault | None = None
    at: int = -1
    calls: list[str] = field(default_factory=list)

    def before(self, model: Any, **_: Any) -> Any:
        """Called by botocore before each request; an answer given here replaces the call."""
        self.calls.append(model.name)
        if len(self.calls) - 1 != self.at:
            return None
        if self.fault is Fault.DIE_BEFORE:
            raise Killed
        if self.fault is Fault.THROTTLED:
            return _answer("ThrottlingException")
        if self.fault is Fault.CONFLICT:
            return _conflict(model.name)
        return None

    def after(self, **_: Any) -> None:
        """Called by botocore once the answer is parsed; the write has happened."""
        if len(self.calls) - 1 != self.at:
            return
        if self.fault is Fault.DIE_AFTER:
            raise Killed
        if self.fault is Fault.ANSWER_LOST:
            raise ReadTimeoutError(endpoint_url="the cloud")


class _Refused:
    status_code = 400


def _answer(code: str, **more: Any) -> tuple[_Refused, dict[str, Any]]:
    error = {"Error": {"Code": code, "Message": "played by the shim"}, **more}
    return _Refused(), {**error, "ResponseMetadata": {"HTTPStatusCode": 400}}


def _conflict(operation: str) -> tuple[_Refused, dict[str, Any]]:
    if operation == "TransactWriteItems":
        reasons = [{"Code": "TransactionConflict"}, {"Code": "None"}]
        return _answer("TransactionCanceledException", CancellationReasons=reasons)
    return _answer("TransactionConflictException")


def forget_policies() -> None:
    """The caches of a fresh process, so that every walk makes the same calls."""
    programmes.by_hash.cache_clear()
    timelines._known.clear()


@contextmanager
def playing(shim: Shim) -> Iterator[Shim]:
    """The shim hangs on every client of the process while the block runs."""
    clients = [table.connection().client, *(aws.client(name) for name in ("kms", "sqs"))]
    hooks: list[tuple[str, Callable[..., Any]]] = [
        ("before-call", shim.before),
        ("after-call", shim.after),
    ]
    for client in clients:
        for event, hook in hooks:
            client.meta.events.register(f"{event}.*.*", hook, unique_id=f"shim-{event}")
    try:
        yield shim
    finally:
        for client in clients:
            for event, hook in hooks:
                client.meta.events.unregister(f"{event}.*.*", hook, unique_id=f"shim-{event}")

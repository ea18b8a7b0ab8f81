"""Runs of the city: an order that takes time, followed until it is done.

Here: starting an import or a batch and following its run. Not here: printing.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ops.api import Api
from ops.failures import StepFailedError, must

POLL_EVERY_S = 0.5
PATIENCE_S = 120.0


@dataclass(frozen=True)
class Refusal:
    """One row that was not taken: its line and column in the file, and why."""

    line: int
    column: str
    code: str
    reason: str


@dataclass(frozen=True)
class Run:
    """A run as the city tells it; `rows` = applied + existed + refused once it is done."""

    run_id: str
    kind: str
    state: str
    rows: int
    applied: int
    existed: int
    refused: int
    refusals: tuple[Refusal, ...]
    told: dict[str, Any]

    @property
    def handled(self) -> int:
        """Rows with an outcome so far."""
        return self.applied + self.existed + self.refused


Watcher = Callable[[Run], None]


def start_import(
    api: Api, token: str | None, kind: str, object_key: str, *, preview: bool = False
) -> Run:
    """Order the city to read an uploaded file, or only to judge it.

    Raises StepFailedError, UnreachableError.
    """
    order = {"kind": kind, "object_key": object_key, "preview": preview}
    return read_run(must(api.post("/imports", token, order), 202).json)


def start_batch(api: Api, token: str | None, programme: str, **whom: str) -> Run:
    """Order the city to issue to a whole `group`, or to whom is `listed`.

    Raises StepFailedError, UnreachableError.
    """
    order = {"programme": programme, **whom}
    return read_run(must(api.post("/batches", token, order), 202).json)


def start_resend(api: Api, token: str | None, since: str, until: str) -> Run:
    """Order a span's events to be told again. Raises StepFailedError, UnreachableError."""
    order = {"since": since, "until": until}
    return read_run(must(api.post("/national/resends", token, order), 202).json)


def start_recount(api: Api, token: str | None) -> Run:
    """Order what the stream never told to be counted. Raises StepFailedError, UnreachableError."""
    return read_run(must(api.post("/figures/counts", token, {}), 202).json)


def show_run(api: Api, token: str | None, run_id: str) -> Run:
    """The run as it is now. Raises StepFailedError, UnreachableError."""
    return read_run(must(api.get(f"/runs/{run_id}", token), 200).json)


def follow(api: Api, token: str | None, run: Run, watch: Watcher) -> Run:
    """Ask until the run is done, telling `watch` each time.

    Raises StepFailedError when the run failed or stood still for two minutes.
    """
    give_up_at = time.monotonic() + PATIENCE_S
    while run.state not in {"done", "failed"}:
        if time.monotonic() > give_up_at:
            raise StepFailedError(
                f"run {run.run_id} ({run.kind})",
                f"still {run.state}, with {run.handled} rows for {PATIENCE_S:.0f} s",
                "look for its consumer's log and for messages in the dead-letter queue",
            )
        time.sleep(POLL_EVERY_S)
        before, run = run.handled, show_run(api, token, run.run_id)
        if run.handled > before:
            give_up_at = time.monotonic() + PATIENCE_S
        watch(run)
    if run.state == "failed":
        raise StepFailedError(
            f"run {run.run_id} ({run.kind})",
            f"failed: {_failure(run.told)}",
            "mend the file and import it again; rows already taken are told as existing",
        )
    return run


def _failure(told: dict[str, Any]) -> str:
    """Why the whole file was not taken, with the headings it lacks or has twice."""
    file = told.get("file") or {}
    headings = [*file.get("missing", ()), *file.get("repeated", ())]
    parts = (told.get("failure"), told.get("failure_reason"), ", ".join(headings))
    return " · ".join(part for part in parts if part) or "no reason told"


def read_run(told: dict[str, Any]) -> Run:
    """A run out of the city's JSON."""
    return Run(
        run_id=told["run_id"],
        kind=told["kind"],
        state=told["state"],
        rows=told.get("rows") or 0,
        applied=told.get("applied") or 0,
        existed=told.get("existed") or 0,
        refused=told.get("refused") or 0,
        refusals=tuple(
            Refusal(row["line"], row["column"], row["code"], row["reason"])
            for row in told.get("refusals") or ()
        ),
        told=told,
    )

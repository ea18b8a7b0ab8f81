"""The queue of imports: each message is a run over an official's file, or the rest of one."""

import time
from typing import Any

from chalice.app import Blueprint, SQSEvent

from chalicelib import settings
from chalicelib.observability import observed
from chalicelib.rules.ids import RunId
from chalicelib.usecases.work_run import work_run

from .messages import one_by_one

bp = Blueprint(__name__)

WORKED_S = 60
"""How long one invocation works: half its time limit, so that a slow block still ends in it."""


@bp.on_sqs_message(queue="imports", batch_size=10, name="consume_imports")
@observed
def consume_imports(event: SQSEvent) -> dict[str, Any]:
    """Works the runs of these messages."""
    return work_runs(event)


def work_runs(event: SQSEvent) -> dict[str, Any]:
    """Works the runs of these messages until the invocation's time is spent."""
    ends_at = time.monotonic() + WORKED_S

    def work(message: dict[str, Any]) -> None:
        run_id = RunId(message["run_id"])
        work_run(run_id, settings.now(), lambda: time.monotonic() >= ends_at)

    return one_by_one(event, work)

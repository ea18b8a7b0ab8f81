"""Work a run: block after block from its checkpoint, until it ends or the time is spent.

Whoever is killed in between leaves a checkpoint behind; the blocks after it are worked again,
and every row finds what it did before.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from chalicelib.errors import Refused
from chalicelib.observability import Log, logger
from chalicelib.rules.ids import RunId
from chalicelib.rules.run import ENDED, Run, RunKind, RunState, Tally
from chalicelib.store import queues, runs, transact

from . import import_rows, issue, preview_rows, recount, resend
from .block import Block, Unreadable


def work_run(run_id: RunId, now: datetime, spent: Callable[[], bool]) -> Run:
    """The run as this worker leaves it; `spent` says at a block's border that time is up.

    A run that is not at its end then is sent to the queue again. Where another worker of the same
    run is ahead, this one leaves the rest to it.
    """
    run = runs.load(run_id)
    if run.state in ENDED:
        return run
    try:
        for block in _blocks(run, now):
            state = RunState.DONE if block.last else RunState.RUNNING
            run = replace(run, layout=block.layout or run.layout)
            run = runs.advance(run, _in_order(block.tally), block.at, state)
            if not block.last and spent():
                queues.send_run(run.kind, run.id)
                break
    except transact.Lost:
        return runs.load(run_id)
    except Unreadable as fault:
        return _failed(replace(run, layout=fault.layout or run.layout), fault.code)
    except Refused as fault:
        return _failed(run, fault.code)
    return run


def _blocks(run: Run, now: datetime) -> Iterator[Block]:
    if run.kind is RunKind.BATCH:
        return issue.blocks(run, now)
    if run.kind is RunKind.RESEND:
        return resend.blocks(run, now)
    if run.kind is RunKind.RECOUNT:
        return recount.blocks(run)
    return preview_rows.blocks(run, now) if run.preview else import_rows.blocks(run, now)


def _in_order(tally: Tally) -> Tally:
    refusals = sorted(tally.refusals, key=lambda refusal: refusal.line)
    return replace(tally, refusals=tuple(refusals))


def _failed(run: Run, code: str) -> Run:
    facts = {"log": Log.RUN_FAILED, "run_id": run.id, "kind": run.kind, "code": code}
    logger.error("run failed", extra=facts)
    return runs.fail(run, code)

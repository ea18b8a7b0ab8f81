"""Runs: imports and batches, block by block."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from itertools import islice
from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
)

from chalicelib import settings
from chalicelib.errors import NotFound
from chalicelib.rules.ids import RunId
from chalicelib.rules.run import Refusal, Run, RunKind, RunState, Tally
from chalicelib.rules.tabular import Layout

from . import transact
from .table import Table

_RUN = "run"
_SHOWN_REFUSALS = 100


class _Run(Table):
    class Meta:
        table_name = settings.load().runs_table

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    kind = UnicodeAttribute(null=True)
    state = UnicodeAttribute(null=True)
    subject = UnicodeAttribute(null=True)
    role = UnicodeAttribute(null=True)
    asked_at = UnicodeAttribute(null=True)
    body = UnicodeAttribute(null=True)
    source = JSONAttribute(null=True)
    blocks = NumberAttribute(null=True)
    at = UnicodeAttribute(null=True)
    rows = NumberAttribute(null=True)
    applied = NumberAttribute(null=True)
    existed = NumberAttribute(null=True)
    refused = NumberAttribute(null=True)
    failure = UnicodeAttribute(null=True)
    refusals = JSONAttribute(null=True)
    preview = BooleanAttribute(null=True)
    layout = JSONAttribute(null=True)


def create(run: Run) -> None:
    """Keeps a new run; Lost where it exists."""
    transact.write(lambda: _written(run).save(condition=_Run.id.does_not_exist()), lambda: False)


def load(run_id: RunId) -> Run:
    """A run with its first refusals; NotFound."""
    try:
        item = _Run.get(run_id, _RUN, consistent_read=True)
    except _Run.DoesNotExist:
        raise NotFound("run") from None
    run = _read(item)
    return replace(run, refusals=tuple(islice(refusals(run), _SHOWN_REFUSALS)))


def refusals(run: Run) -> Iterator[Refusal]:
    """Every row that the run refused as far as it has come, in the order of its file."""
    if not run.refused:
        return
    # A block beyond the checkpoint may have been left by a worker that died.
    blocks = _Run.part.between(_block(0), _block(run.blocks - 1))
    for block in _Run.query(run.id, blocks, consistent_read=True):
        for refusal in block.refusals or ():
            yield Refusal(*refusal)


def _block(number: int) -> str:
    return f"block#{number:08}"


def advance(before: Run, tally: Tally, at: str, state: RunState) -> Run:
    """The run one block further: the block's outcome first, then the checkpoint; Lost if outrun."""
    after = replace(
        before,
        state=state,
        blocks=before.blocks + 1,
        at=at,
        rows=before.rows + tally.rows,
        applied=before.applied + tally.applied,
        existed=before.existed + tally.existed,
        refused=before.refused + len(tally.refusals),
    )
    block = _Run(
        id=before.id,
        part=_block(before.blocks),
        rows=tally.rows,
        applied=tally.applied,
        existed=tally.existed,
        refused=len(tally.refusals),
        refusals=[[refusal.line, refusal.column, refusal.code] for refusal in tally.refusals],
    )
    transact.write(block.save, lambda: False)
    _checkpoint(before, after)
    return after


def fail(before: Run, failure: str) -> Run:
    """The run, ended for a reason that concerns the whole file."""
    after = replace(before, state=RunState.FAILED, failure=failure)
    _checkpoint(before, after)
    return after


def _checkpoint(before: Run, after: Run) -> None:
    condition = (_Run.blocks == before.blocks) & (_Run.state == before.state.value)

    def applied() -> bool:
        return replace(load(after.id), refusals=()) == replace(after, refusals=())

    transact.write(lambda: _written(after).save(condition=condition), applied)


def _written(run: Run) -> _Run:
    return _Run(
        id=run.id,
        part=_RUN,
        kind=run.kind.value,
        state=run.state.value,
        subject=run.subject,
        role=run.role,
        asked_at=run.asked_at,
        body=run.body,
        source=run.source,
        blocks=run.blocks,
        at=run.at,
        rows=run.rows,
        applied=run.applied,
        existed=run.existed,
        refused=run.refused,
        failure=run.failure,
        preview=run.preview or None,
        layout=asdict(run.layout) if run.layout else None,
    )


def _read(item: _Run) -> Run:
    return Run(
        id=RunId(item.id),
        kind=RunKind(item.kind),
        state=RunState(item.state),
        subject=item.subject,
        role=item.role,
        asked_at=item.asked_at,
        body=item.body,
        source=item.source,
        blocks=int(item.blocks),
        at=item.at,
        rows=int(item.rows),
        applied=int(item.applied),
        existed=int(item.existed),
        refused=int(item.refused),
        failure=item.failure,
        preview=bool(item.preview),
        layout=_layout(item.layout) if item.layout else None,
    )


def _layout(kept: dict[str, Any]) -> Layout:
    lists = {name: tuple(kept[name]) for name in ("missing", "repeated", "unknown")}
    return Layout(**(kept | lists))

"""Runs: an official orders a file to be read or a group to be served, and follows the work."""

from typing import Any, Literal

import msgspec
from chalice.app import Blueprint

from chalicelib.rules.ids import RunId
from chalicelib.rules.person import Group
from chalicelib.rules.principal import Right
from chalicelib.rules.run import Run, RunKind
from chalicelib.usecases import ask_batch, ask_import, show_run

from . import fields
from .bodies import Nothing
from .http import Answer, Change, Reading, changes, reads
from .texts import Catalogue

bp = Blueprint(__name__)
# Which right a kind needs, and who may see its runs, is asked in the use case.
_IMPORTERS = frozenset(
    {
        Right.IMPORT_ORGANISATIONS,
        Right.IMPORT_SITES,
        Right.IMPORT_STAFF,
        Right.IMPORT_BUDGETS,
        Right.IMPORT_ROSTER,
        Right.IMPORT_RESULTS,
    }
)


class Import(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that was uploaded, and what stands in it."""

    kind: Literal["organisations", "sites", "staff", "budgets", "roster", "results"]
    object_key: fields.ObjectKey


class Batch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Vouchers of a programme for everybody of a group."""

    programme: fields.Programme
    group: Group


@changes(bp, "/imports", rights=_IMPORTERS, body=Import, status=202)
def import_file(asked: Change[Import]) -> Answer:
    """The run that reads the file."""
    body = asked.body
    run = ask_import.ask_import(asked.principal, RunKind(body.kind), body.object_key, asked.command)
    return _view(run, asked.texts)


@changes(bp, "/batches", rights=frozenset({Right.VOUCHER_ISSUE}), body=Batch, status=202)
def issue_batch(asked: Change[Batch]) -> Answer:
    """The run that issues to the group."""
    body = asked.body
    run = ask_batch.ask_batch(asked.principal, body.programme, body.group, asked.command)
    return _view(run, asked.texts)


@reads(bp, "/runs/{run_id}", rights=_IMPORTERS | {Right.VOUCHER_ISSUE}, query=Nothing)
def show_a_run(asked: Reading[Nothing]) -> Answer:
    """How far a run has come, and which rows it did not take."""
    return _view(show_run.show_run(asked.principal, RunId(asked.path["run_id"])), asked.texts)


def _view(run: Run, texts: Catalogue) -> dict[str, Any]:
    view: dict[str, Any] = {
        "run_id": run.id,
        "kind": run.kind,
        "state": run.state,
        "rows": run.rows,
        "applied": run.applied,
        "existed": run.existed,
        "refused": run.refused,
        "refusals": [
            {
                "line": refusal.line,
                "column": refusal.column,
                "code": refusal.code,
                "reason": texts.reason(refusal.code),
            }
            for refusal in run.refusals
        ],
    }
    if run.failure is None:
        return view
    return view | {"failure": run.failure, "failure_reason": texts.reason(run.failure)}

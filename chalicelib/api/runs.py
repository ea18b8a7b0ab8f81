"""Runs: an official orders a file to be read or a group to be served, and follows the work."""

from typing import Annotated

import msgspec
from chalice.app import Blueprint
from msgspec import Meta

from chalicelib.errors import Invalid
from chalicelib.rules.ids import RunId
from chalicelib.rules.person import FactKind
from chalicelib.rules.principal import IMPORTERS, Right
from chalicelib.rules.run import Run, RunKind, RunState
from chalicelib.rules.tabular import Layout
from chalicelib.usecases import ask_batch, ask_import, show_run

from . import fields, shown
from .bodies import Nothing
from .http import Change, Reading, changes, reads
from .texts import Catalogue

bp = Blueprint(__name__)


class Import(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that was uploaded, what stands in it, and whether it is only to be judged."""

    kind: fields.ImportKind
    object_key: fields.ObjectKey
    preview: bool = False


class Batch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Vouchers of a programme for everybody of a group, or on a list: one of the two."""

    programme: fields.Programme
    group: fields.Group | None = None
    listed: fields.ListName | None = None


class RefusalShown(msgspec.Struct, frozen=True):
    """A row that was not taken: where and why."""

    line: int
    column: Annotated[str, Meta(examples=["证件号码"])]
    code: Annotated[str, Meta(examples=["check_digit"])]
    reason: Annotated[str, Meta(examples=["校验码不正确"])]


class LayoutShown(msgspec.Struct, frozen=True):
    """What a file turned out to be; `missing` and `repeated` headings keep it from being read."""

    format: Annotated[str, Meta(examples=["csv"])]
    encoding: Annotated[str, Meta(examples=["gb18030"])]
    sheet: Annotated[str, Meta(examples=["Sheet1"])]
    missing: tuple[str, ...]
    repeated: tuple[str, ...]
    unknown: tuple[str, ...]


class RunShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """A run, how far it has come, and the first rows it refused.

    Of a preview, `applied` are the rows that an import would take; none was.
    """

    run_id: shown.RunId
    kind: RunKind
    state: RunState
    rows: int
    applied: int
    existed: int
    refused: int
    refusals: tuple[RefusalShown, ...]
    failure: Annotated[str, Meta(examples=["file_changed"])] | None = None
    failure_reason: Annotated[str, Meta(examples=["文件已被更换"])] | None = None
    preview: bool = False
    file: LayoutShown | None = None


@changes(
    bp,
    "/imports",
    rights=IMPORTERS,
    body=Import,
    gives=RunShown,
    problems=("file_changed", "file_too_large", "not_found"),
    status=202,
)
def import_file(asked: Change[Import]) -> RunShown:
    """The run that reads the file."""
    body = asked.body
    run = ask_import.ask_import(
        asked.principal,
        RunKind(body.kind),
        body.object_key,
        asked.command,
        body.preview,
    )
    return run_shown(run, asked.texts)


@changes(
    bp,
    "/batches",
    rights=frozenset({Right.VOUCHER_ISSUE}),
    body=Batch,
    gives=RunShown,
    problems=("function_off", "no_period", "not_found", "not_proactive"),
    status=202,
)
def issue_batch(asked: Change[Batch]) -> RunShown:
    """The run that issues to the group, or to the people on the list."""
    body = asked.body
    whom = _whom(body)
    run = ask_batch.ask_batch(asked.principal, body.programme, *whom, asked.command)
    return run_shown(run, asked.texts)


def _whom(body: Batch) -> tuple[FactKind, str]:
    if body.group and body.listed:
        raise Invalid("bad_value", field="listed")
    if body.listed:
        return FactKind.LISTED, body.listed
    if body.group:
        return FactKind.GROUP, body.group
    raise Invalid("missing_field", field="group")


@reads(
    bp,
    "/runs/{run_id}",
    rights=IMPORTERS | {Right.VOUCHER_ISSUE, Right.NATIONAL_RESEND, Right.FIGURES_COUNT},
    query=Nothing,
    gives=RunShown,
)
def show_a_run(asked: Reading[Nothing]) -> RunShown:
    """How far a run has come, and which rows it did not take."""
    return run_shown(show_run.show_run(asked.principal, RunId(asked.path["run_id"])), asked.texts)


def run_shown(run: Run, texts: Catalogue) -> RunShown:
    return RunShown(
        run_id=run.id,
        kind=run.kind,
        state=run.state,
        rows=run.rows,
        applied=run.applied,
        existed=run.existed,
        refused=run.refused,
        refusals=tuple(
            RefusalShown(
                line=refusal.line,
                column=refusal.column,
                code=refusal.code,
                reason=texts.reason(refusal.code),
            )
            for refusal in run.refusals
        ),
        failure=run.failure,
        failure_reason=texts.reason(run.failure) if run.failure else None,
        preview=run.preview,
        file=_file(run.layout) if run.layout else None,
    )


def _file(layout: Layout) -> LayoutShown:
    return LayoutShown(
        format=layout.form,
        encoding=layout.encoding,
        sheet=layout.sheet,
        missing=layout.missing,
        repeated=layout.repeated,
        unknown=layout.unknown,
    )

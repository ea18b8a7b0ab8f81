"""Files: an official brings one by an address that the API gives, and fetches a run's report."""

from typing import Annotated

import msgspec
from chalice.app import Blueprint
from msgspec import Meta

from chalicelib.rules import calendar
from chalicelib.rules.file_format import FileFormat
from chalicelib.rules.ids import RunId
from chalicelib.rules.principal import IMPORTERS, Right
from chalicelib.rules.run import RunKind
from chalicelib.usecases import ask_upload, report_run
from chalicelib.usecases.report_run import Words

from . import fields, shown
from .http import Change, Reading, changes, reads
from .texts import Catalogue

bp = Blueprint(__name__)


class Upload(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that is to be brought."""

    kind: fields.ImportKind
    format: FileFormat
    size_bytes: Annotated[int, Meta(ge=0, examples=[48213])]


class UploadAddress(msgspec.Struct, frozen=True):
    """Where the file goes: by PUT, with exactly these headers, before the address ends."""

    object_key: Annotated[str, Meta(examples=["incoming/roster/u-q2z7k4vx5t6w3mj2r7nbcd5yja.csv"])]
    url: Annotated[str, Meta(examples=["https://files.example/incoming/roster.csv?signed"])]
    headers: dict[str, str]
    expires_at: shown.Instant


class ReportQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In which format the report is wanted."""

    format: FileFormat = FileFormat.XLSX


class ReportAddress(msgspec.Struct, frozen=True):
    """Where the report is fetched by GET, without a token, before the address ends."""

    url: Annotated[str, Meta(examples=["https://files.example/incoming/roster.csv?signed"])]
    media_type: Annotated[str, Meta(examples=["text/csv"])]
    expires_at: shown.Instant


@changes(
    bp,
    "/uploads",
    rights=IMPORTERS,
    body=Upload,
    gives=UploadAddress,
    problems=("file_too_large",),
)
def give_upload_address(asked: Change[Upload]) -> UploadAddress:
    """The address for one file; the same request again is given the same place."""
    body = asked.body
    given = ask_upload.ask_upload(
        asked.principal, RunKind(body.kind), body.format, body.size_bytes, asked.command
    )
    return UploadAddress(
        given.object_key, given.url, given.headers, calendar.text(given.expires_at)
    )


@reads(
    bp,
    "/runs/{run_id}/report",
    rights=IMPORTERS | {Right.VOUCHER_ISSUE},
    query=ReportQuery,
    gives=ReportAddress,
    problems=("run_not_ended",),
)
def give_report_address(asked: Reading[ReportQuery]) -> ReportAddress:
    """The address of a file with every row that an ended run did not take."""
    form, run_id = asked.query.format, RunId(asked.path["run_id"])
    given = report_run.report_run(asked.principal, run_id, form, _words(asked.texts), asked.now)
    return ReportAddress(given.url, form.media_type, calendar.text(given.expires_at))


def _words(texts: Catalogue) -> Words:
    line, column, code, reason = (
        texts.words[f"report.{part}"] for part in ("line", "column", "code", "reason")
    )
    return Words(texts.language, texts.words["report"], (line, column, code, reason), texts.reason)

"""Report a run (导入报告): every row that was not taken, as a file that an office opens."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from tempfile import TemporaryFile

from chalicelib.errors import Conflict
from chalicelib.rules.file_format import FileFormat
from chalicelib.rules.ids import RunId
from chalicelib.rules.principal import Principal
from chalicelib.rules.run import ENDED, Run
from chalicelib.store import files, runs, spreadsheets
from chalicelib.store.spreadsheets import Cell

from .show_run import show_run

LIVES = timedelta(minutes=5)


@dataclass(frozen=True)
class Words:
    """A report's own words in one language: the sheet's name, its headings, a code's reason."""

    language: str
    sheet: str
    headings: tuple[str, str, str, str]
    reason: Callable[[str], str]


@dataclass(frozen=True)
class Download:
    """Where the file is fetched, by whoever has the address, and until when."""

    url: str
    expires_at: datetime


def report_run(
    principal: Principal, run_id: RunId, form: FileFormat, words: Words, now: datetime
) -> Download:
    """The report of a run that has come to its end; made once, at its first asking.

    It names lines, headings and reasons and holds nothing of a person. Raises NotFound also for
    who may not see the run, Conflict `run_not_ended`.
    """
    run = show_run(principal, run_id)
    if run.state not in ENDED:
        raise Conflict("run_not_ended", facts={"state": run.state})
    key = f"reports/{run.id}.{words.language}.{form}"
    if not files.exists(key):
        with TemporaryFile() as file:
            spreadsheets.write(file, form, words.sheet, words.headings, _rows(run, words))
            files.put(key, file, form.media_type)
    return Download(files.download_address(key, f"{run.id}.{form}", LIVES), now + LIVES)


def _rows(run: Run, words: Words) -> Iterator[tuple[Cell, ...]]:
    for refusal in runs.refusals(run):
        yield refusal.line, refusal.column, refusal.code, words.reason(refusal.code)
    if run.failure:
        layout = run.layout
        columns = [*layout.missing, *layout.repeated] if layout else []
        yield None, ", ".join(columns), run.failure, words.reason(run.failure)

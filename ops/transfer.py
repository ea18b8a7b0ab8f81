"""Files to and from the city, by the addresses that its API gives; no key of the cloud is needed.

Here: an upload, and the fetching of a report. Not here: what is ordered for a file.
"""

import shutil
from pathlib import Path
from typing import Any

import urllib3

from ops.api import TIMEOUT, Api, Request, UnreachableError
from ops.failures import StepFailedError, must

FORMATS = {".csv": "csv", ".xlsx": "xlsx"}
_RETRIES = urllib3.Retry(3, status_forcelist=(500, 502, 503, 504), backoff_factor=0.3)


def upload(api: Api, token: str | None, kind: str, file: Path) -> str:
    """Bring a file where the city reads it; the key under which it lies there.

    Raises StepFailedError, UnreachableError.
    """
    asked = {"kind": kind, "format": file_format(file), "size_bytes": file.stat().st_size}
    given = must(api.post("/uploads", token, asked), 201).json
    with file.open("rb") as content:
        answer = _send("PUT", given["url"], f"upload of {file.name}", content, given["headers"])
    answer.release_conn()
    return str(given["object_key"])


def fetch_report(api: Api, token: str | None, run_id: str, file: Path, language: str) -> None:
    """Write a run's report to `file`, in the format that its ending names.

    Raises StepFailedError, UnreachableError.
    """
    path = f"/runs/{run_id}/report?format={file_format(file)}"
    given = must(api.get(path, token, language), 200).json
    answer = _send("GET", given["url"], f"report of {run_id}", None, {})
    with file.open("wb") as out:
        shutil.copyfileobj(answer, out)


def file_format(file: Path) -> str:
    """What kind of file it is by its name. Raises StepFailedError."""
    try:
        return FORMATS[file.suffix.lower()]
    except KeyError:
        raise StepFailedError(
            file.name,
            f"is {file.suffix or 'without an ending'}, neither .csv nor .xlsx",
            "open it in Excel and save it as .xlsx, or as CSV UTF-8",
        ) from None


def _send(
    method: str, url: str, step: str, body: Any, headers: dict[str, str]
) -> urllib3.BaseHTTPResponse:
    pool = urllib3.PoolManager(timeout=TIMEOUT)
    try:
        answer = pool.request(
            method, url, body=body, headers=headers, retries=_RETRIES, preload_content=False
        )
    except urllib3.exceptions.HTTPError as error:
        raise UnreachableError(Request(method, "the file's address"), str(error)) from error
    if answer.status != 200:
        raise StepFailedError(
            step,
            f"the file store answered {answer.status}",
            "run the command again: an address is good for some minutes only",
        )
    return answer

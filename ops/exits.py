"""Exit codes of every command of voucherctl, and how an error becomes one.

Here: the codes and their printing. Not here: commands.

| code | meaning |
|---|---|
| 0 | done |
| 1 | the city refused, or a check found something |
| 2 | the command was called wrongly |
| 3 | done, but rows of the file were refused |
| 4 | no answer from the city or from AWS |
| 130 | stopped by Ctrl-C |
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, NoRegionError
from rich.console import Console

from ops.api import UnreachableError
from ops.failures import StepFailedError

DONE = 0
REFUSED = 1
ROWS_REFUSED = 3
UNREACHABLE = 4
INTERRUPTED = 130


@contextmanager
def told(as_json: bool) -> Iterator[None]:
    """Turn the errors of a command into a message on stderr and its exit code."""
    try:
        yield
    except StepFailedError as failure:
        _print_failure(failure, as_json)
        raise typer.Exit(REFUSED) from failure
    except (UnreachableError, BotoCoreError, ClientError) as error:
        _print(f"no answer: {error}", _advice(error), as_json)
        raise typer.Exit(UNREACHABLE) from error


def _advice(error: Exception) -> str:
    if isinstance(error, NoRegionError | NoCredentialsError):
        return (
            "name the region by AWS_DEFAULT_REGION and give AWS's credentials; make up prints both"
        )
    if isinstance(error, ClientError):
        return (
            "is it the right stack (--stack), region and account, and is the operator allowed to?"
        )
    return "is the city up, and its address right?"


def _print_failure(failure: StepFailedError, as_json: bool) -> None:
    if as_json and failure.answer is not None and failure.answer.code is not None:
        typer.echo(json.dumps(failure.answer.json, ensure_ascii=False))
        return
    _print(f"{failure.step}: {failure.found}", failure.advice, as_json)


def _print(found: str, advice: str, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"failed": found, "advice": advice}, ensure_ascii=False))
        return
    console = Console(stderr=True, soft_wrap=True)
    console.print(found, style="red", markup=False, highlight=False)
    console.print(advice, markup=False, highlight=False)

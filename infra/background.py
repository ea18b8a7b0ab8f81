"""Programs that outlive the one who starts them: a folder holds each one's lock, group and log.

Such a program lives exactly as long as its lock is held, so a number that was given out again is
never mistaken for it. What the programs do is decided elsewhere.
"""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from infra import held

# The shell leaves at once and the program has no parent to become a zombie of; $$ is its group.
_LAUNCH: Final = 'echo $$ >"$0.new" && mv "$0.new" "$0"; "$@" &'
_ENDS_WITHIN_S: Final = 10


class StubbornError(Exception):
    """A program does not end; the message names its process group."""


def launch(folder: Path, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Start `command` in a process group of its own, logging to `name`.log in `folder`.

    The caller makes sure that it does not run already.
    """
    lock = held.take(folder / f"{name}.lock", wait=True)
    assert lock is not None
    try:
        with (folder / f"{name}.log").open("ab") as log:
            subprocess.run(
                ["sh", "-c", _LAUNCH, str(folder / f"{name}.pid"), *command],
                check=True,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=(lock,),
            )
    finally:
        os.close(lock)


def runs(folder: Path, name: str) -> bool:
    """Whether the program lives."""
    return held.is_held(folder / f"{name}.lock")


def end(folder: Path, name: str, *, gently_s: float = 0) -> None:
    """End the program's whole group, if it lives; first ask it, and wait `gently_s` seconds."""
    if gently_s and runs(folder, name):
        _signal(folder, name, signal.SIGTERM)
        _await_end(folder, name, gently_s)
    if runs(folder, name):
        _signal(folder, name, signal.SIGKILL)
        _await_end(folder, name, _ENDS_WITHIN_S)
    if runs(folder, name):
        raise StubbornError(f"{name} in {folder} does not end; its group is {group(folder, name)}")


def last_words(folder: Path, name: str, lines: int = 5) -> str:
    """The end of the program's log."""
    text = (folder / f"{name}.log").read_text(errors="replace")
    return "\n".join(text.splitlines()[-lines:])


def group(folder: Path, name: str) -> int:
    """The program's process group; one that was just launched may write it in a moment."""
    path = folder / f"{name}.pid"
    for _ in range(20):
        if path.exists():
            return int(path.read_text())
        time.sleep(0.1)
    raise StubbornError(f"{path} is missing, but {name} runs in {folder}")


def _signal(folder: Path, name: str, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group(folder, name), number)


def _await_end(folder: Path, name: str, within_s: float) -> None:
    deadline = time.monotonic() + within_s
    while runs(folder, name) and time.monotonic() < deadline:
        time.sleep(0.05)

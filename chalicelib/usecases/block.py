"""A block: the part of a run whose outcome and checkpoint are kept together."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.rules.history import Command
from chalicelib.rules.run import Run, Tally


@dataclass(frozen=True)
class Block:
    """What became of a block's rows, where the next one begins, and whether there is one."""

    tally: Tally
    at: str
    last: bool


class Unreadable(Exception):
    """The whole source of a run cannot be read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def command_of(run: Run, now: datetime) -> Command:
    """The command a run's work is: it acts as who asked; a row's key adds its line."""
    return Command(run.subject, run.role, run.id, run.body, now)

"""A run: an official's file or a batch worked through block by block, repeatable anywhere.

rows = applied + existed + refused, at the end and after every block.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from .ids import RunId
from .tabular import Layout

BLOCK_ROWS = 200


class RunState(StrEnum):
    """Where a run stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


ENDED = frozenset({RunState.DONE, RunState.FAILED})


class RunKind(StrEnum):
    """What is worked through."""

    ORGANISATIONS = "organisations"
    SITES = "sites"
    STAFF = "staff"
    BUDGETS = "budgets"
    TARGETS = "targets"
    ROSTER = "roster"
    RESULTS = "results"
    FACTS = "facts"
    BATCH = "batch"
    RESEND = "resend"
    RECOUNT = "recount"


BEYOND_FILES = frozenset({RunKind.BATCH, RunKind.RESEND, RunKind.RECOUNT})
"""What is worked through and comes from no file."""


@dataclass(frozen=True)
class Refusal:
    """A row that was not taken: line, heading, stable code."""

    line: int
    column: str
    code: str


@dataclass(frozen=True)
class Tally:
    """What became of some rows."""

    applied: int = 0
    existed: int = 0
    refusals: tuple[Refusal, ...] = ()

    @property
    def rows(self) -> int:
        """Every row has exactly one outcome."""
        return self.applied + self.existed + len(self.refusals)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.applied + other.applied,
            self.existed + other.existed,
            self.refusals + other.refusals,
        )


@dataclass(frozen=True)
class Run:
    """A run as asked for, and how far it has come; `at` is where the next block begins.

    A preview only judges: its `applied` rows are those that an import would take, and nothing is
    written for them. `layout` is what the file turned out to be, once it was opened.
    """

    id: RunId
    kind: RunKind
    state: RunState
    subject: str
    role: str
    asked_at: str
    body: str
    source: dict[str, str]
    blocks: int = 0
    at: str = ""
    rows: int = 0
    applied: int = 0
    existed: int = 0
    refused: int = 0
    failure: str | None = None
    refusals: tuple[Refusal, ...] = field(default=())
    preview: bool = False
    layout: Layout | None = None

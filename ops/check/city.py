"""The city as a dump tells it, in the rules' own values: what every invariant looks at.

Here: the types. Not here: reading a dump into them, nor any invariant.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.policy import Policy
from chalicelib.policy.timeline import Approved
from chalicelib.policy.version import VersionState
from chalicelib.rules.attendance import Attempt
from chalicelib.rules.cases import Case
from chalicelib.rules.figures import Cell, Figure
from chalicelib.rules.history import Event
from chalicelib.rules.ids import ClassId, LineId, PersonId, ProposalId, RunId, VoucherId
from chalicelib.rules.limits import Counts
from chalicelib.rules.line import Line
from chalicelib.rules.moves import State, Verb
from chalicelib.rules.outgoing import Delivery
from chalicelib.rules.person import Person
from chalicelib.rules.run import RunKind, RunState
from chalicelib.rules.settlement import Budget, Proposal
from chalicelib.rules.teaching import TrainingClass
from chalicelib.rules.voucher import Voucher
from ops.check.breach import Breach


@dataclass(frozen=True)
class KeptVoucher:
    """A voucher's item: the voucher, the version it claims, and its events, read once."""

    voucher: Voucher
    version: int
    class_id: str | None
    events: tuple[Event, ...]

    @property
    def where(self) -> str:
        """How a breach names it."""
        return f"voucher {self.voucher.id}"

    def reached(self, state: State) -> bool:
        """Whether it ever stood in that state."""
        return any(event.to == state for event in self.events)

    def did(self, verb: Verb) -> tuple[Event, ...]:
        """Its events of that verb, oldest first."""
        return tuple(event for event in self.events if event.do == verb)


@dataclass(frozen=True)
class KeptLine:
    """A payment line's item: the line, the version it claims, and its events, read once."""

    line: Line
    version: int
    events: tuple[Event, ...]

    @property
    def where(self) -> str:
        """How a breach names it."""
        return f"line {self.line.id}"


@dataclass(frozen=True)
class KeptProposal:
    """A proposal's item: the proposal, the version it claims, and its events, read once."""

    proposal: Proposal
    version: int
    events: tuple[Event, ...]

    @property
    def where(self) -> str:
        """How a breach names it."""
        return f"proposal {self.proposal.id}"


@dataclass(frozen=True)
class KeptVersion:
    """A policy's item: its hash, the hash its document has, what it says of its own events.

    `published_alone` is one that came into force before there were proposals.
    """

    hash: str
    content: str
    state: VersionState | None
    proposer: str | None
    published_alone: bool
    version: int
    history: tuple[str, ...]
    events: tuple[Event, ...]

    @property
    def where(self) -> str:
        """How a breach names it."""
        return f"policy {self.hash}"


@dataclass(frozen=True)
class KeptRecord:
    """A check-in item: its key, what it says of itself, and its attempts."""

    lesson: str
    voucher_id: VoucherId
    class_id: ClassId
    lesson_no: int
    outcome: str
    tries: int
    attempts: tuple[Attempt, ...]

    @property
    def where(self) -> str:
        """How a breach names it."""
        return f"check-in {self.lesson} of {self.voucher_id}"


@dataclass(frozen=True)
class Sums:
    """What a run, or one block of it, says became of its rows; `listed` refusals stand in it."""

    rows: int
    applied: int
    existed: int
    refused: int
    listed: int


@dataclass(frozen=True)
class KeptRun:
    """A run's item with its blocks, as many as were written."""

    id: RunId
    kind: RunKind
    state: RunState
    block_count: int
    preview: bool
    sums: Sums
    blocks: tuple[Sums, ...]


@dataclass(frozen=True)
class KeptRow:
    """A row of the outbox; `due` says whether the index of what is due shows it."""

    id: str
    destination: str
    told: Mapping[str, Any]
    delivery: Delivery
    due: bool

    @property
    def where(self) -> str:
        """How a breach names it."""
        return f"outbox {self.id}"


@dataclass(frozen=True)
class City:
    """Everything the tables hold that an invariant speaks of."""

    people: Mapping[PersonId, Person]
    entitlements: Mapping[tuple[PersonId, int], frozenset[str]]
    counts: Mapping[PersonId, Counts]
    policies: Mapping[str, Policy]
    versions: Mapping[str, KeptVersion]
    timelines: Mapping[str, tuple[Approved, ...]]
    budgets: tuple[Budget, ...]
    classes: Mapping[ClassId, TrainingClass]
    vouchers: Mapping[VoucherId, KeptVoucher]
    records: tuple[KeptRecord, ...]
    cases: tuple[Case, ...]
    proposals: Mapping[ProposalId, KeptProposal]
    lines: Mapping[LineId, KeptLine]
    runs: tuple[KeptRun, ...]
    outbox: tuple[KeptRow, ...]
    figures: Mapping[Cell, Mapping[Figure, int]]
    counted: Mapping[VoucherId, int]
    unreadable: tuple[Breach, ...]

"""Decisions: yes, no or waiting, each with its reason, its rule and its trace."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from chalicelib.errors import Refused, Rule

from .trace import Step

AMOUNT = Rule("amount", "三.(四)")


class Outcome(StrEnum):
    """What a decision came to; `waiting` for a fact that nobody recorded yet."""

    YES = "yes"
    NO = "no"
    WAITING = "waiting"


@dataclass(frozen=True)
class Decision:
    """A decision; `code` is stable and says why it is not yes."""

    outcome: Outcome
    rule: Rule
    code: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    trace: tuple[Step, ...] = ()

    def check(self, about: str | None = None) -> None:
        """Raises Refused with the decision's rule unless it is yes; `about` names the input."""
        if self.outcome is not Outcome.YES:
            why = [vars(step) for step in self.trace]
            raise Refused(self.code, self.rule, field=about, facts=self.facts, why=why)


@dataclass(frozen=True)
class Part:
    """What one fund owes one payee as one instalment; `reason` says what it waits for."""

    instalment: str
    fund: str
    payee: str
    amount_fen: int
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True)
class Debt:
    """What must come back, as its own positive amount."""

    instalment: str
    fund: str
    amount_fen: int
    reason: str


@dataclass(frozen=True)
class AmountDecision:
    """What a voucher comes to: the whole, its parts, what must come back, and why."""

    outcome: Outcome
    rule: Rule
    code: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    amount_fen: int = 0
    parts: tuple[Part, ...] = ()
    debts: tuple[Debt, ...] = ()
    trace: tuple[Step, ...] = ()

"""Why a decision is as it is: rulings with their dates and sources, steps with their figures.

A trace is plain data: the same decision gives the same bytes, whoever computes it and when.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Generic, TypeVar

from . import plain

_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Ruling(Generic[_Value]):
    """A parameter's value as a day found it: since when it holds, and on whose word.

    `governed_by` is the event whose day picked it, "" where it is the day of the act itself.
    """

    rule: str
    value: _Value
    since: str
    source: str
    on: date
    governed_by: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a decision: by which ruling, from which inputs, with which result.

    Figures of money are fen, as text where they are no whole fen yet ("2500/3").
    """

    rule: str
    since: str
    on: str
    governed_by: str
    source: str
    inputs: Mapping[str, Any]
    result: Any


class Trace:
    """The steps of one decision as they are taken."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def add(self, ruling: Ruling[Any], inputs: Mapping[str, Any], result: Any) -> None:
        """Keeps one more step."""
        self.steps.append(
            Step(
                ruling.rule,
                ruling.since,
                ruling.on.isoformat(),
                ruling.governed_by,
                ruling.source,
                inputs,
                result,
            )
        )


def digest(steps: tuple[Step, ...]) -> str:
    """The hash of a trace's bytes: what a decision keeps of its own why."""
    return sha256(canonical(steps)).hexdigest()[:32]


def canonical(steps: tuple[Step, ...]) -> bytes:
    """The bytes of a trace."""
    return plain.canonical([vars(step) for step in steps]).encode()

"""Who reads why a decision is as it is, and which of its inputs he may see.

The worker and the officials who supervise his voucher see all that the decision asked for; an
institution sees course, class, days and sums, but nothing that is known of the person alone.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from .trace import Step

WITHHELD = "withheld"
"""What stands in a personal result's place."""

_PERSONAL_INPUTS = frozenset({"person", "earlier"})
_PERSONAL_FACTS = frozenset({"certificate_no"})
_PERSONAL_FIGURES = frozenset({"group", "unmet", "earlier", "paid_year_fen", "paid_person_fen"})
_PERSONAL_RULES = frozenset({"employed_within", "employed_for"})


class Reader(StrEnum):
    """As whom somebody reads."""

    WORKER = "worker"
    INSTITUTION = "institution"
    OFFICIAL = "official"


def inputs_for(reader: Reader, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Of a decision's plain inputs those that this reader may see."""
    if reader is not Reader.INSTITUTION:
        return dict(inputs)
    return {
        name: _without(value, _PERSONAL_FACTS) if isinstance(value, Mapping) else value
        for name, value in inputs.items()
        if name not in _PERSONAL_INPUTS
    }


def step_for(reader: Reader, step: Step) -> Step:
    """The step as this reader may see it."""
    if reader is not Reader.INSTITUTION:
        return step
    if step.rule in _PERSONAL_RULES:
        return replace(step, inputs={}, result=WITHHELD)
    return replace(step, inputs=_without(step.inputs, _PERSONAL_FIGURES))


def reason_for(reader: Reader, reason: str) -> str:
    """Why something is kept back, as this reader may know it."""
    personal = reader is Reader.INSTITUTION and reason in _PERSONAL_RULES
    return WITHHELD if personal else reason


def _without(told: Mapping[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name not in names}

"""Offer: what a programme would be to somebody who states what he wants to learn (notice 二.(一)).

Whether it is open to him, what it would come to if all went as wanted, and under which conditions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.policy.compiled import Policy
from chalicelib.policy.vocabulary import PAYMENT_GATES
from chalicelib.rules.decision import AmountDecision, Decision, Outcome
from chalicelib.rules.functions import Function
from chalicelib.rules.gates import Employment, LeastAttendance, Notice
from chalicelib.rules.situation import Situation

from . import claim, functions, settle
from .planned import planned


@dataclass(frozen=True)
class Condition:
    """A gate to the payment, by the parameter that asks for it, with its figures."""

    name: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Offer:
    """What a programme offers; `amount` is None where it carries no money.

    `depends_on` names the facts that are missing for the amount.
    """

    policy: Policy
    claim: Decision
    amount: AmountDecision | None
    conditions: tuple[Condition, ...]
    depends_on: tuple[str, ...]

    @property
    def open(self) -> bool:
        """Whether the programme may be claimed."""
        return self.claim.outcome is Outcome.YES


def decide(policy: Policy, need: Situation, on: date, others: claim.Policies) -> Offer:
    """What the programme offers to who states this need on that day."""
    found = _switched_off(policy, on) or claim.decide(policy, need, on, others)
    if "standard" not in policy.parameters:
        return Offer(policy, found, None, (), ())
    amount = settle.decide(policy, planned(need, on), on)
    missing = (amount.facts["input"],) if amount.code == "input_missing" else ()
    return Offer(policy, found, amount, _conditions(policy, amount, on), missing)


def _switched_off(policy: Policy, on: date) -> Decision | None:
    """The decision that nobody gets a voucher at all; None where issuing and claiming are on."""
    asked = (functions.decide(policy, each, on) for each in (Function.ISSUE, Function.CLAIM))
    return next((found for found in asked if found.outcome is not Outcome.YES), None)


def _conditions(policy: Policy, amount: AmountDecision, on: date) -> tuple[Condition, ...]:
    """The gates that the amount's parts ask; every gate of the programme while it is not known."""
    asked = {step.rule for step in amount.trace} if amount.parts else PAYMENT_GATES
    rulings = [policy.ruling(name, on) for name in sorted(PAYMENT_GATES & asked)]
    return tuple(
        Condition(ruling.rule, _figures(ruling.value))
        for ruling in rulings
        if ruling is not None and ruling.value is not False
    )


def _figures(value: Any) -> dict[str, Any]:
    """The figures a condition is told with."""
    if isinstance(value, LeastAttendance):
        return {"percent": value.percent}
    if isinstance(value, Employment):
        return {"months": value.months}
    if isinstance(value, Notice):
        return {"days": value.span.count}
    return {} if value is True else {"months": value}

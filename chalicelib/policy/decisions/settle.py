"""Settle (结算): what a voucher comes to, under which rulings, and why (notice 三.(四))."""

from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.policy.compiled import Policy
from chalicelib.policy.vocabulary import ARITHMETIC, PAYMENT_GATES
from chalicelib.rules.amount.compute import Rulings, compute
from chalicelib.rules.decision import AMOUNT, AmountDecision, Outcome
from chalicelib.rules.situation import Event, MissingInput, Situation
from chalicelib.rules.trace import Ruling

_USUAL_ORDER = ("standard", "uplift", "ratio", "rounding")
"""Of documents published before an order was stated."""


class NoRuling(LookupError):
    """The policy rules nothing where it would have to; `name` is the parameter."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def decide(policy: Policy, situation: Situation, on: date, told: bool = True) -> AmountDecision:
    """What the voucher comes to on the day `on`, with its trace unless it is not to be told.

    Each parameter's value is that of the day it says governs it; the person's group is judged
    on the day that `judged_on` names.
    """
    try:
        rulings, judged_on = _rulings(policy, situation, on)
    except MissingInput as missing:
        facts = {"input": missing.name}
        return AmountDecision(Outcome.WAITING, AMOUNT, "input_missing", facts)
    except NoRuling as absent:
        return AmountDecision(Outcome.NO, AMOUNT, f"no_{absent.name}")
    if "caps" in policy.parameters:
        situation = _with_own_history(situation, policy.programme)
    return compute(rulings, situation, judged_on, on, told)


def _with_own_history(situation: Situation, programme: str) -> Situation:
    """The situation with earlier vouchers of this programme alone: its caps count no other."""
    own = tuple(each for each in situation.earlier if each.programme == programme)
    return replace(situation, earlier=own)


def _rulings(policy: Policy, situation: Situation, on: date) -> tuple[Rulings, date]:
    judging = _needed(policy, "judged_on", situation, on)
    order = _ruling(policy, "order", situation, on)
    words = order.value if order else _USUAL_ORDER
    steps = [_ruling(policy, word, situation, on) for word in words if word in ARITHMETIC]
    if not steps or steps[0] is None:
        raise NoRuling("standard")
    gates = [_ruling(policy, name, situation, on) for name in sorted(PAYMENT_GATES)]
    rulings = Rulings(
        steps=[step for step in steps if step is not None],
        payee=_needed(policy, "payee", situation, on),
        fund=_needed(policy, "fund", situation, on),
        gates=[gate for gate in gates if gate is not None and gate.value is not False],
        instalments=_ruling(policy, "instalments", situation, on),
        claw_back=_ruling(policy, "claw_back", situation, on),
        offset=_ruling(policy, "offset", situation, on),
    )
    return rulings, _day(judging.value, situation, on)


def _ruling(policy: Policy, name: str, situation: Situation, on: date) -> Ruling[Any] | None:
    """What the parameter rules on the day it says governs it."""
    if name not in policy.parameters:
        return None
    governed_by = policy.governed_by(name)
    if governed_by is None:
        # Documents published before each parameter said so: the day of the judgement.
        governed_by = policy.value("judged_on", on)
    return policy.ruling(name, _day(Event(governed_by), situation, on))


def _needed(policy: Policy, name: str, situation: Situation, on: date) -> Ruling[Any]:
    found = _ruling(policy, name, situation, on)
    if found is None:
        raise NoRuling(name)
    return found


def _day(event: Event, situation: Situation, on: date) -> date:
    return on if event is Event.SETTLEMENT else situation.day_of(event)

"""Parts behind their gates (拨付条件): which gates a plan asks, and what each says.

What a gate is stands in chalicelib.rules.gates.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from chalicelib.rules.decision import Outcome
from chalicelib.rules.gates import GATES
from chalicelib.rules.situation import MissingInput, Situation
from chalicelib.rules.trace import Ruling, Trace

from .parts import Instalment


def asked(
    gates: Sequence[Ruling[Any]],
    instalments: Sequence[Instalment],
    claw_back: Ruling[Any] | None,
    *,
    top_ups: bool,
) -> list[Ruling[Any]]:
    """The gates that some part needs: all of them where a part names none, as a top-up does.

    And those upon whose no something must come back.
    """
    if top_ups or any(each.needs is None for each in instalments):
        return list(gates)
    named = {name for each in instalments for name in each.needs or ()}
    named |= {line.value.closed for line in (claw_back.value if claw_back else ())}
    return [gate for gate in gates if gate.rule in named]


def passed_on(gate: Ruling[Any], situation: Situation, on: date, trace: Trace | None) -> Outcome:
    """What the gate says on that day; waiting where a fact it asks for is absent."""
    try:
        outcome, inputs = GATES[gate.rule](gate, situation, on)
    except MissingInput as missing:
        outcome, inputs = Outcome.WAITING, {"input": missing.name}
    if trace:
        trace.add(gate, inputs, outcome.value)
    return outcome

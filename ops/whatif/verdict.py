"""What a draft makes of one voucher of the past: let in on the day of its issue, then how much.

The facts are those the approved amount was computed from; each value of the draft is that of the
day it says governs it. Limits across vouchers are not replayed.
"""

import msgspec

from chalicelib.policy import Policy, decisions
from chalicelib.rules.decision import AmountDecision, Outcome
from chalicelib.rules.situation import Event, MissingInput, Situation

from .history import Settled

NO_INPUTS = "inputs"


class Verdict(msgspec.Struct, frozen=True):
    """What would be due at once, and what would wait (for the gates in `held`) or come back.

    `refused` says by which code nothing is due ever, `missing` which input there is none of.
    """

    due_fen: int = 0
    waiting_fen: int = 0
    owed_fen: int = 0
    held: tuple[str, ...] = ()
    refused: str = ""
    missing: str = ""


def judge(policy: Policy, settled: Settled) -> Verdict:
    """What the draft makes of the voucher."""
    if settled.inputs is None:
        return Verdict(missing=NO_INPUTS)
    try:
        if not _admitted(policy, settled.inputs):
            return Verdict(refused="not_eligible")
    except MissingInput as missing:
        return Verdict(missing=missing.name)
    return _priced(decisions.settle.decide(policy, settled.inputs, settled.on, told=False))


def _admitted(policy: Policy, situation: Situation) -> bool:
    """Whether the draft lets the person in on the day his voucher was issued; MissingInput.

    On the day of the claim where nobody kept the other; at first nobody did.
    """
    on = situation.events.get(Event.ISSUE) or situation.day_of(Event.CLAIM)
    if decisions.claim.eligible(policy, situation, on).outcome is Outcome.YES:
        return True
    # A decision takes what nobody recorded of a person as not so; here it is to be told.
    return any(line.condition.means(situation, on) for line in policy.eligible(on))


def _priced(decision: AmountDecision) -> Verdict:
    if decision.code == "input_missing":
        return Verdict(missing=decision.facts["input"])
    due_fen = waiting_fen = 0
    held: tuple[str, ...] = ()
    for part in decision.parts:
        if not part.reason:
            due_fen += part.amount_fen
        elif part.outcome is Outcome.WAITING:
            waiting_fen += part.amount_fen
            held = tuple(dict.fromkeys((*held, part.reason)))
    return Verdict(
        due_fen=due_fen,
        waiting_fen=waiting_fen,
        owed_fen=sum(debt.amount_fen for debt in decision.debts) if decision.debts else 0,
        held=held,
        refused=decision.code if decision.outcome is Outcome.NO else "",
    )

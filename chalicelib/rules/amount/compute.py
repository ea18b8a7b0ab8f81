"""One amount decision from its rulings: the steps in their order, the parts, the gates, the why.

Everything a policy says comes in as rulings; nothing here knows a figure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.rules.condition import first
from chalicelib.rules.decision import AMOUNT, AmountDecision, Debt, Outcome, Part
from chalicelib.rules.shares import WHO_PAID
from chalicelib.rules.situation import MissingInput, Situation, needed
from chalicelib.rules.trace import Ruling, Step, Trace

from .debts import AGAINST_PAID, clawed_back, reckoned, stray, worth
from .gated import asked, passed_on
from .parts import PAID, WHOLE, Instalment, divided, paid_fen, plan
from .rounding import Exact
from .steps import STEPS, NotCovered, Running, fen_text


@dataclass(frozen=True)
class Rulings:
    """What a policy rules on the days that govern: the amount's steps in order, and the rest."""

    steps: Sequence[Ruling[Any]]
    payee: Ruling[Any]
    fund: Ruling[Any]
    gates: Sequence[Ruling[Any]] = ()
    instalments: Ruling[Any] | None = None
    claw_back: Ruling[Any] | None = None
    offset: Ruling[Any] | None = None


def compute(
    rulings: Rulings, situation: Situation, judged_on: date, on: date, told: bool = True
) -> AmountDecision:
    """What the voucher comes to on the day `on`, with its trace unless it is not to be told.

    `no` where no line covers the case, `waiting` where an input or a gate's fact is missing.
    """
    trace = Trace() if told else None
    try:
        return _decided(rulings, situation, judged_on, on, trace)
    except NotCovered as uncovered:
        return AmountDecision(Outcome.NO, AMOUNT, uncovered.code, {}, trace=_steps(trace))
    except MissingInput as missing:
        facts = {"input": missing.name}
        return AmountDecision(Outcome.WAITING, AMOUNT, "input_missing", facts, trace=_steps(trace))


def _decided(
    rulings: Rulings, situation: Situation, judged_on: date, on: date, trace: Trace | None
) -> AmountDecision:
    run = _arithmetic(rulings.steps, situation, judged_on, trace)
    fund = _word(rulings.fund, situation, judged_on, trace)
    payee = _payee(rulings.payee, situation, judged_on, trace)
    instalments = plan(rulings.instalments, situation, judged_on)
    gates = asked(rulings.gates, instalments, rulings.claw_back, top_ups=bool(run.top_ups))
    passed = {gate.rule: passed_on(gate, situation, on, trace) for gate in gates}
    sums = divided(int(run.fen), instalments)
    own = stray(situation.paid, instalments, fund, payee)
    own += [
        _part(each, fund, payee, sum_fen, passed, situation)
        for each, sum_fen in zip(instalments, sums, strict=True)
    ]
    set_off = rulings.offset is not None and rulings.offset.value == AGAINST_PAID
    back = worth(instalments, sums, situation.paid, fund, set_off=set_off)
    clawed = clawed_back(rulings.claw_back, situation, fund, judged_on, passed, back)
    own, debts = reckoned(own, int(run.fen), fund, clawed, set_off=set_off)
    parts = [*own, *_stacked(run, payee, passed, situation)]
    _tell_parts(rulings, situation, parts, (clawed, debts), trace)
    total_fen = int(run.fen) + sum(int(each.fen) for each in run.top_ups)
    return _summed(total_fen, parts, debts, trace)


def _stacked(
    run: Running, payee: str, passed: Mapping[str, Outcome], situation: Situation
) -> list[Part]:
    """The top-ups, one part of each fund and payee."""
    sums: dict[tuple[str, str], int] = {}
    for each in run.top_ups:
        key = each.fund, _who(each.payee, situation) if each.payee else payee
        sums[key] = sums.get(key, 0) + int(each.fen)
    whole = Instalment(WHOLE, 100)
    return [
        _part(whole, fund, to, sum_fen, passed, situation) for (fund, to), sum_fen in sums.items()
    ]


def _tell_parts(
    rulings: Rulings,
    situation: Situation,
    parts: Sequence[Part],
    debts: tuple[Sequence[Debt], Sequence[Debt]],
    trace: Trace | None,
) -> None:
    if trace is None:
        return
    clawed, left = debts
    if rulings.instalments:
        told = [[part.instalment, part.fund, part.amount_fen] for part in parts]
        trace.add(rulings.instalments, {}, told)
    if rulings.claw_back:
        trace.add(rulings.claw_back, {}, [[debt.instalment, debt.amount_fen] for debt in clawed])
    if rulings.offset and situation.paid:
        paid_fen = sum(each.amount_fen for each in situation.paid)
        trace.add(rulings.offset, {"paid_fen": paid_fen}, sum(debt.amount_fen for debt in left))


def _arithmetic(
    steps: Sequence[Ruling[Any]], situation: Situation, judged_on: date, trace: Trace | None
) -> Running:
    run = Running()
    for ruling in steps:
        before: Exact = run.fen
        run, inputs = STEPS[ruling.rule](ruling, run, situation, judged_on)
        if trace:
            trace.add(ruling, inputs | {"before_fen": fen_text(before)}, fen_text(run.fen))
    return run


def _word(ruling: Ruling[Any], situation: Situation, on: date, trace: Trace | None) -> str:
    """The word of the first line that holds; NotCovered where none does."""
    line = first(ruling.value, situation, on)
    if line is None:
        raise NotCovered(f"no_{ruling.rule}")
    if trace:
        trace.add(ruling, {}, line.value)
    return str(line.value)


def _payee(ruling: Ruling[Any], situation: Situation, on: date, trace: Trace | None) -> str:
    return _who(_word(ruling, situation, on, trace), situation)


def _who(word: str, situation: Situation) -> str:
    return needed(situation.fees.paid_by, "fees.paid_by") if word == WHO_PAID else word


def _part(
    instalment: Instalment,
    fund: str,
    payee: str,
    sum_fen: int,
    passed: Mapping[str, Outcome],
    situation: Situation,
) -> Part:
    """The part with the gate that keeps it back, if one does, or as paid already."""
    paid = paid_fen(situation.paid, instalment.name, fund)
    if paid is not None:
        return Part(instalment.name, fund, payee, paid, Outcome.YES, PAID)
    wanted = passed if instalment.needs is None else instalment.needs
    for outcome in (Outcome.NO, Outcome.WAITING):
        for gate in wanted:
            # A gate that the policy does not ask for on its day keeps nothing back.
            if passed.get(gate) is outcome:
                return Part(instalment.name, fund, payee, sum_fen, outcome, gate)
    return Part(instalment.name, fund, payee, sum_fen, Outcome.YES)


def _summed(
    amount_fen: int, parts: Sequence[Part], debts: Sequence[Debt], trace: Trace | None
) -> AmountDecision:
    """Yes where anything is due now; else what the first part that is kept back says."""
    due = [part for part in parts if part.outcome is Outcome.YES and part.reason != PAID]
    kept = [part for part in parts if part.outcome is not Outcome.YES]
    waiting = [part for part in kept if part.outcome is Outcome.WAITING]
    first_kept = next(iter(waiting or kept), None)
    outcome, code = Outcome.YES, ""
    if not due and first_kept:
        outcome, code = first_kept.outcome, first_kept.reason
    return AmountDecision(
        outcome, AMOUNT, code, {}, amount_fen, tuple(parts), tuple(debts), _steps(trace)
    )


def _steps(trace: Trace | None) -> tuple[Step, ...]:
    return tuple(trace.steps) if trace else ()

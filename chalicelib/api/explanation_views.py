"""How an explanation looks from outside: each reader sees what he may see of the inputs."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import Meta

from chalicelib.rules import reader
from chalicelib.rules.decision import AmountDecision
from chalicelib.rules.line import Line, LineState, held_because
from chalicelib.rules.next_step import NextStep, next_step
from chalicelib.rules.reader import Reader
from chalicelib.rules.trace import Step

from . import shown, why
from .problems import RuleShown
from .texts import Catalogue
from .why.telling import Telling

if TYPE_CHECKING:
    from chalicelib.usecases.explain import Explained, Explanation

Text = Annotated[str, Meta(examples=["补贴标准 1,600.00 元"])]
Code = Annotated[str, Meta(examples=["input_missing"])]


class StepTold(msgspec.Struct, frozen=True):
    """One step: by which parameter, since when and on whose word it rules, which day governed.

    `text` says it for people, the rest for machines; money is fen, as text where it is a fraction.
    """

    rule: Annotated[str, Meta(examples=["standard"])]
    since: shown.Day
    on: shown.Day
    governed_by: Annotated[str, Meta(examples=["enrolment"])]
    source: Annotated[str, Meta(examples=["沪人社职〔2021〕242号 三.(四)"])]
    inputs: dict[str, Any]
    result: Any
    text: Text


class PartTold(msgspec.Struct, frozen=True):
    """What one fund owes one payee as one instalment, and what keeps it back."""

    instalment: Annotated[str, Meta(examples=["whole"])]
    fund: shown.Fund
    payee: shown.PaidBy
    amount_fen: shown.Fen
    outcome: shown.Decided
    reason: Code
    text: Text


class DebtShown(msgspec.Struct, frozen=True):
    """What must come back, as its own positive amount."""

    instalment: Annotated[str, Meta(examples=["advance"])]
    fund: shown.Fund
    amount_fen: shown.Fen
    reason: Code
    text: Text


class DecisionShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """A decision as it was made on a day under a version, from the inputs that it asked for.

    `asks` is the verb that it answers; `others` are the versions of the programmes that were asked
    whether they pay instead.
    `why` is the hash of its steps that was kept when it was made, absent where it is only how
    things stand today; `recomputed` says whether the inputs still give just these steps.
    """

    asks: Literal["claim", "issue", "settle"]
    outcome: shown.Decided
    rule: RuleShown
    on: shown.Day
    policy: shown.PolicyHash
    inputs: dict[str, Any]
    steps: tuple[StepTold, ...]
    others: dict[str, shown.PolicyHash] = {}
    code: Code | None = None
    text: Text | None = None
    why: Annotated[str, Meta(examples=["5d41402abc4b2a76"])] | None = None
    recomputed: bool | None = None


class AmountShown(DecisionShown, frozen=True, omit_defaults=True, kw_only=True):
    """The same of an amount: the whole, its parts, what must come back."""

    amount_fen: shown.Fen
    parts: tuple[PartTold, ...]
    debts: tuple[DebtShown, ...]


class LinePaid(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where the payment from one fund stands, and why it is held if it is."""

    line_id: shown.LineId
    fund: shown.Fund
    amount_fen: shown.Fen
    state: LineState
    held_because: tuple[Text, ...] = ()


class ExplanationShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a voucher is as it is; what nobody has decided yet, or kept then, is left out."""

    voucher_id: shown.VoucherId
    programme: shown.Programme
    name: Annotated[str, Meta(examples=["社会化职业技能培训"])]
    policy: shown.PolicyHash
    next_step: NextStep
    eligibility: DecisionShown | None = None
    amount: AmountShown | None = None
    payments: tuple[LinePaid, ...] = ()


def explanation_view(told: "Explanation", texts: Catalogue) -> ExplanationShown:
    """An explanation in the reader's language."""
    eligibility, amount = told.eligibility, told.amount
    return ExplanationShown(
        voucher_id=told.voucher.id,
        programme=told.voucher.programme,
        name=told.policy.name(texts.language),
        policy=told.voucher.policy,
        next_step=next_step(told.voucher, told.at),
        eligibility=DecisionShown(**_decision(eligibility, told.reader, texts))
        if eligibility
        else None,
        amount=_amount(amount, told.reader, texts) if amount else None,
        payments=tuple(_payment(line, told, texts) for line in told.lines),
    )


def _decision(found: "Explained", who: Reader, texts: Catalogue) -> dict[str, Any]:
    told, decision = Telling.of(found.policy, texts.language, found.on), found.decision
    code = reader.reason_for(who, decision.code)
    return {
        "asks": found.asks,
        "outcome": decision.outcome,
        "rule": RuleShown(decision.rule.section, texts.rule(decision.rule.name)),
        "on": found.on.isoformat(),
        "policy": found.policy.hash,
        "inputs": reader.inputs_for(who, found.inputs),
        "steps": tuple(_step(reader.step_for(who, step), told) for step in decision.trace),
        "others": {name: other.hash for name, other in found.others.items()},
        "code": code or None,
        "text": told.reason(code, decision.facts) if code else None,
        "why": found.kept or None,
        "recomputed": found.recomputes if found.kept else None,
    }


def _step(step: Step, told: Telling) -> StepTold:
    return StepTold(**{**vars(step), "inputs": dict(step.inputs)}, text=told.step(step))


def _amount(found: "Explained", who: Reader, texts: Catalogue) -> AmountShown:
    told, decision = Telling.of(found.policy, texts.language, found.on), found.decision
    assert isinstance(decision, AmountDecision)
    return AmountShown(
        **_decision(found, who, texts),
        amount_fen=decision.amount_fen,
        parts=tuple(
            PartTold(
                **{**vars(part), "reason": (code := reader.reason_for(who, part.reason))},
                text=told.reason(code, {}) if code else "",
            )
            for part in decision.parts
        ),
        debts=tuple(
            DebtShown(**vars(debt), text=told.reason(debt.reason, {})) for debt in decision.debts
        ),
    )


def _payment(line: Line, told: "Explanation", texts: Catalogue) -> LinePaid:
    held = []
    if line.state is LineState.HELD:
        reasons = why.words(texts.language).reasons
        if stated := held_because(line):
            held.append(reasons["held_by_office"].format(reason=stated))
        if told.open_cases:
            held.append(reasons["held_by_case"])
    return LinePaid(line.id, line.fund, line.amount_fen, line.state, tuple(held))

"""What a case can ask: each verb's decision, and what came of it in the words of `expect`.

A verb is added here when its decision is in chalicelib.policy.decisions.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from chalicelib.policy import Policy, decisions
from chalicelib.rules.decision import AmountDecision, Decision, Outcome
from chalicelib.rules.functions import Function
from chalicelib.rules.situation import Situation

from .case import Case

Policies = Mapping[str, Policy]
Ask = Callable[[Policies, Case], dict[str, Any]]


def _claim(policies: Policies, case: Case) -> dict[str, Any]:
    return _plainly(
        decisions.claim.decide(policies[case.programme], case.situation, case.on, policies)
    )


def _plain_verb(decide: Callable[[Policy, Situation, date], Decision]) -> Ask:
    """What a case asks of a verb that needs the situation and the day alone."""
    return lambda policies, case: _plainly(
        decide(policies[case.programme], case.situation, case.on)
    )


def _function(policies: Policies, case: Case) -> dict[str, Any]:
    function = Function(case.act["function"])
    return _plainly(decisions.functions.decide(policies[case.programme], function, case.on))


def _word(policies: Policies, case: Case) -> dict[str, Any]:
    """Whether the place knows the word of a family on the day, and what people call it."""
    named = policies[case.programme].value(case.act["of"], case.on) or {}
    told = named.get(case.act["word"])
    return {"outcome": _said(told is not None), "code": "", "facts": dict(told or {})}


def _workday(policies: Policies, case: Case) -> dict[str, Any]:
    """Whether a day is worked, as far as it was announced by the day of the case."""
    holidays, day = policies[case.programme].announced(case.on), case.act["day"]
    facts = {"announced": day.year in holidays.years}
    return {"outcome": _said(holidays.works(day)), "code": "", "facts": facts}


def _said(holds: bool) -> str:
    return (Outcome.YES if holds else Outcome.NO).value


def _offer(policies: Policies, case: Case) -> dict[str, Any]:
    policy = policies[case.programme]
    found = decisions.offer.decide(policy, case.situation, case.on, policies)
    return _plainly(found.claim) | {
        "amount_fen": found.amount.amount_fen if found.amount else 0,
        "depends_on": list(found.depends_on),
        "conditions": [condition.name for condition in found.conditions],
    }


def _settle(policies: Policies, case: Case) -> dict[str, Any]:
    found = decisions.settle.decide(policies[case.programme], case.situation, case.on)
    return _plainly(found) | {
        "amount_fen": found.amount_fen,
        "due_fen": sum(part.amount_fen for part in found.parts if not part.reason),
        "parts": [
            {
                "instalment": part.instalment,
                "fund": part.fund,
                "payee": part.payee,
                "amount_fen": part.amount_fen,
                "outcome": part.outcome.value,
                "reason": part.reason,
            }
            for part in found.parts
        ],
        "debts": [
            {"instalment": debt.instalment, "amount_fen": debt.amount_fen, "reason": debt.reason}
            for debt in found.debts
        ],
        "debt_fen": sum(debt.amount_fen for debt in found.debts),
    }


def _plainly(found: Decision | AmountDecision) -> dict[str, Any]:
    return {"outcome": found.outcome.value, "code": found.code, "facts": dict(found.facts)}


ASKS: Mapping[str, Ask] = {
    "assess": _plain_verb(decisions.assess.decide),
    "check-in": _plain_verb(decisions.check_in.decide),
    "claim": _claim,
    "eligible": _plain_verb(decisions.claim.eligible),
    "enrol": _plain_verb(decisions.enrol.decide),
    "expire": _plain_verb(decisions.expire.decide),
    "file": _plain_verb(decisions.file.decide),
    "function": _function,
    "issue": _plain_verb(decisions.issue.decide),
    "offer": _offer,
    "settle": _settle,
    "word": _word,
    "workday": _workday,
}

_DECIDED = ("outcome", "code", "facts")
_OF_AMOUNTS = ("amount_fen", "due_fen", "parts", "debts", "debt_fen")

ANSWERS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(ASKS, _DECIDED),
    "offer": (*_DECIDED, "amount_fen", "depends_on", "conditions"),
    "settle": (*_DECIDED, *_OF_AMOUNTS),
}
"""What can be expected of each verb's decision."""

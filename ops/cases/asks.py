"""What a case can ask: each verb's decision, and what came of it in the words of `expect`.

A verb is added here when its decision is in chalicelib.policy.decisions.
"""

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.policy import Policy, decisions
from chalicelib.rules.decision import AmountDecision, Decision

from .case import Case

Policies = Mapping[str, Policy]


def _claim(policies: Policies, case: Case) -> dict[str, Any]:
    return _plainly(
        decisions.claim.decide(policies[case.programme], case.situation, case.on, policies)
    )


def _issue(policies: Policies, case: Case) -> dict[str, Any]:
    return _plainly(decisions.issue.decide(policies[case.programme], case.situation, case.on))


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


ASKS: Mapping[str, Callable[[Policies, Case], dict[str, Any]]] = {
    "claim": _claim,
    "issue": _issue,
    "settle": _settle,
}

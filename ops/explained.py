"""An explanation as an official reads it, and whether its decisions still give the same bytes.

Here: computing a decision again, by this checkout's own rules, from the inputs and the versions
that the city tells. Not here: printing, or what a step means.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from chalicelib.policy import Policy, decisions, opening
from chalicelib.rules import plain, trace
from chalicelib.rules.situation import Situation
from chalicelib.rules.trace import Step
from ops import policies
from ops.api import Api
from ops.failures import must

DECISIONS = ("eligibility", "amount")
SETTLE, CLAIM = "settle", "claim"
_STEP = tuple(field.name for field in fields(Step))

Documents = Callable[[str], Policy]
"""The version that is kept under a hash."""


@dataclass(frozen=True)
class Recomputed:
    """A decision as the city told it, and what this checkout makes of its inputs.

    `as_told`: the steps are the same to the byte. `as_kept`: so is the hash that was kept when the
    decision was made; None where it was not made yet.
    """

    name: str
    told: Mapping[str, Any]
    as_told: bool
    as_kept: bool | None

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return self.as_told and self.as_kept is not False


def fetched(api: Api, token: str | None, voucher_id: str, language: str) -> dict[str, Any]:
    """The explanation of a voucher; StepFailedError, UnreachableError."""
    answer = api.get(f"/vouchers/{voucher_id}/explanation", token, language)
    return dict(must(answer, 200).json)


def documents(api: Api, token: str | None) -> Documents:
    """The versions as the city keeps them, asked for by their hash."""
    return lambda hash_: Policy.of(hash_, policies.document(api, token, hash_))


def recomputed(explanation: Mapping[str, Any], by_hash: Documents) -> Iterator[Recomputed]:
    """Every decision of an explanation that was told, computed again."""
    for name in DECISIONS:
        if name in explanation:
            told = explanation[name]
            steps = _steps(told, by_hash)
            kept = trace.digest(steps).startswith(told["why"]) if "why" in told else None
            as_told = tuple(Step(**{part: step[part] for part in _STEP}) for step in told["steps"])
            same = trace.canonical(steps) == trace.canonical(as_told)
            yield Recomputed(name, told, same, kept)


def _steps(told: Mapping[str, Any], by_hash: Documents) -> tuple[Step, ...]:
    policy, on = by_hash(told["policy"]), date.fromisoformat(told["on"])
    if told["asks"] == SETTLE:
        situation = plain.typed(Situation, told["inputs"])
        return decisions.settle.decide(policy, situation, on).trace
    others = {name: by_hash(hash_) for name, hash_ in told.get("others", {}).items()}
    claimed = told["asks"] == CLAIM
    return opening.again(policy, others, told["inputs"], on, claimed=claimed).trace

"""Issue (发放): whom a programme serves without being asked, and why (notice 二.(一))."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from chalicelib.policy.compiled import Policy
from chalicelib.rules.decision import Decision, Outcome
from chalicelib.rules.eligibility import ELIGIBLE, eligible, unmet
from chalicelib.rules.person import FactKind
from chalicelib.rules.situation import Situation
from chalicelib.rules.trace import Trace

from . import claim

WORDS: Mapping[FactKind, str] = {FactKind.GROUP: "groups", FactKind.LISTED: "listed"}
"""By what people can be served together: the word of a policy's line that names them."""


def serves(policy: Policy, kind: FactKind, name: str, on: date) -> bool:
    """Whether the programme serves this group, or this list, without being asked on that day."""
    named = (line.condition.wanted.get(WORDS[kind]) for line in policy.proactive(on))
    return any(name == one if isinstance(one, str) else name in (one or ()) for one in named)


def served(policy: Policy, on: date) -> Callable[[Situation], bool]:
    """Whether `decide` would say yes, without telling why: for the many of a batch."""
    lists = policy.proactive(on), policy.eligible(on)
    return lambda situation: all(eligible(lines, situation, on) for lines in lists)


def decide(policy: Policy, situation: Situation, on: date) -> Decision:
    """Yes where the person may claim on that day and a line serves him without being asked.

    Else `not_proactive` where no line serves him, `not_eligible` where he may not claim. Of a
    yes, the fact `claiming` says how the voucher comes to be claimed. Limits are not asked here.
    """
    facts: dict[str, Any] = {"programme": policy.programme}
    ruling = policy.ruling("proactive_groups", on)
    if ruling is None:
        return Decision(Outcome.NO, ELIGIBLE, "not_proactive", facts)
    may = claim.eligible(policy, situation, on)
    if may.outcome is not Outcome.YES:
        return may
    trace = Trace()
    failed = [unmet(line.condition, situation, on) for line in ruling.value]
    met = None in failed
    trace.add(ruling, {"unmet": [] if met else failed}, met)
    if not met:
        steps = (*may.trace, *trace.steps)
        return Decision(Outcome.NO, ELIGIBLE, "not_proactive", facts, steps)
    if claiming := policy.ruling("claiming", on):
        trace.add(claiming, {}, claiming.value)
    facts |= {"claiming": policy.claiming(on).value}
    return Decision(Outcome.YES, ELIGIBLE, "", facts, (*may.trace, *trace.steps))

"""The decision by which a voucher came about: by the person's own claim, or by serving him.

What it was judged by is kept in the voucher's first event, so that it can be made again years
later; limits across vouchers are not among it: that there is a voucher says that they left room.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from chalicelib.rules import plain, trace
from chalicelib.rules.decision import Decision
from chalicelib.rules.history import Event
from chalicelib.rules.ids import PersonId
from chalicelib.rules.situation import Situation

from . import decisions, inputs
from .compiled import Policy

_JUDGED, _WHY, _ASKED = "judged", "why", "asked"
_NAME_CHARACTERS = 8
_HASH_CHARACTERS = 16
_COURSE = frozenset({"course.level", "course.mode", "course.occupation", "earlier"})


def why(decision: Decision) -> str:
    """The hash of a decision's why, as short as an event has to be."""
    return trace.digest(decision.trace)[:_HASH_CHARACTERS]


def kept(
    policy: Policy, others: Collection[Policy], situation: Situation, hash_: str, on: date
) -> dict[str, object]:
    """What the first event keeps of a decision: its inputs, and the hash of its why.

    `others` are the programmes that were asked whether they pay instead; their versions are kept
    by the first characters of their hashes.
    """
    asked = {other.programme: other.hash[:_NAME_CHARACTERS] for other in others}
    paths = policy.asked_of_claimants
    named = situation.course.occupation is not None
    for other in others:
        paths |= other.asked | _COURSE if named else other.asked_of_claimants
    facts: dict[str, object] = {_JUDGED: inputs.of_the_day(situation, paths, on), _WHY: hash_}
    return facts | {_ASKED: asked} if asked else facts


def judged_by(born: Event) -> tuple[Mapping[str, Any], str] | None:
    """The inputs and the hash that a voucher's first event kept; None where it kept none."""
    if _JUDGED not in born.set:
        return None
    return born.set[_JUDGED], born.set[_WHY]


def asked(born: Event) -> Mapping[str, str]:
    """The other programmes that were asked, each with the beginning of its version's hash."""
    told: Mapping[str, str] = born.set.get(_ASKED, {})
    return told


def again(
    policy: Policy,
    others: Mapping[str, Policy],
    judged: Mapping[str, Any],
    on: date,
    *,
    claimed: bool,
) -> Decision:
    """The decision of that day, made again from its inputs."""
    situation = plain.typed(Situation, judged)
    if claimed:
        return decisions.claim.open_to(policy, situation, on, others)
    return decisions.issue.decide(policy, situation, on)


def claimed(born: Event, holder: PersonId) -> bool:
    """Whether the holder claimed the voucher himself; else he was served without asking."""
    return born.by == holder

"""Policies: under the hash of what they say, approved by a second person, in force as approved."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from chalicelib.policy.timeline import Approved
from chalicelib.policy.version import VersionVerb
from chalicelib.rules import calendar, history
from ops.check.breach import Breach
from ops.check.city import City, KeptVersion

CONTENT = "policy-hash"
SECOND_PERSON = "policy-second-person"
HISTORY = "policy-history"
IN_FORCE = "policy-in-force"


def breaches(city: City) -> Iterator[Breach]:
    """Changed documents, self-approval, broken histories, and what governs without approval."""
    told: Counter[Approved] = Counter()
    for kept in city.versions.values():
        if kept.content != kept.hash:
            yield Breach(CONTENT, kept.where, f"says what has the hash {kept.content}")
        yield from _history(kept)
        yield from _second_person(kept)
        told.update(_approvals(kept))
    governing = Counter(one for approved in city.timelines.values() for one in approved)
    for one in governing - told:
        known = city.versions.get(one.hash)
        if known is None or not known.published_alone:
            yield Breach(IN_FORCE, _where(one), f"governs from {one.effective_from}, unapproved")
    for one in told - governing:
        yield Breach(IN_FORCE, _where(one), f"approved from {one.effective_from}, but not kept so")


def _where(one: Approved) -> str:
    return f"policy {one.hash}"


def _history(kept: KeptVersion) -> Iterator[Breach]:
    broken = history.broken_at(kept.history)
    if broken is not None:
        yield Breach(HISTORY, kept.where, f"event {broken} does not follow from the one before it")
    if kept.version != len(kept.events):
        yield Breach(HISTORY, kept.where, f"version {kept.version} with {len(kept.events)} events")
    if kept.events and kept.state != kept.events[-1].to:
        last = kept.events[-1].to
        yield Breach(HISTORY, kept.where, f"stands at {kept.state}, its history at {last}")


def _second_person(kept: KeptVersion) -> Iterator[Breach]:
    proposer: str | None = None
    for event in kept.events:
        if event.do == VersionVerb.PROPOSE:
            proposer = event.by
        elif event.do == VersionVerb.APPROVE and event.by == proposer:
            yield Breach(SECOND_PERSON, kept.where, "approved by its proposer")
    if proposer != kept.proposer:
        yield Breach(SECOND_PERSON, kept.where, "its proposer is not who proposed it last")


def _approvals(kept: KeptVersion) -> Iterator[Approved]:
    """What each approval brought into force: each follows its own proposal."""
    proposed = None
    for event in kept.events:
        if event.do == VersionVerb.PROPOSE:
            since = date.fromisoformat(event.set["effective_from"])
            on = calendar.civil_date(calendar.instant(event.at))
            proposed = Approved(since, kept.hash, on)
        elif event.do == VersionVerb.APPROVE and proposed:
            yield proposed

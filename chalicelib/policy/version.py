"""A version of a programme's policy: one official proposes it from a day on, another approves it.

Here: what can happen to a version, told by its own history. Not here: what its document says, nor
which version governs a day (timeline).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chalicelib.errors import Conflict, Forbidden, KeyReused
from chalicelib.rules import calendar, history
from chalicelib.rules.history import Command


class VersionState(StrEnum):
    """Where a version stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class VersionVerb(StrEnum):
    """What can happen to a version."""

    PROPOSE = "propose"
    APPROVE = "approve"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Version:
    """A document under its hash, as its last proposal left it; the history tells of every one.

    It takes effect on the first instant of `effective_from`, Shanghai's time. Versions published
    before there were proposals have no history, and one official in both places.
    """

    hash: str
    programme: str
    state: VersionState
    effective_from: date
    proposed_on: date
    proposer: str
    approver: str | None
    history: tuple[str, ...]


def told_by(hash_: str, programme: str, entries: Sequence[str]) -> Version:
    """The version as a history of at least one event tells of it."""
    events = history.events(entries)
    proposal = [event for event in events if event.do == VersionVerb.PROPOSE][-1]
    last = events[-1]
    return Version(
        hash=hash_,
        programme=programme,
        state=VersionState(last.to),
        effective_from=date.fromisoformat(proposal.set["effective_from"]),
        proposed_on=calendar.civil_date(calendar.instant(proposal.at)),
        proposer=proposal.by,
        approver=last.by if last.do == VersionVerb.APPROVE else None,
        history=tuple(entries),
    )


def proposals(version: Version) -> tuple[Version, ...]:
    """The version as each of its proposals ended or stands, oldest first."""
    events = history.events(version.history)
    again = [event.n - 1 for event in events[1:] if event.do == VersionVerb.PROPOSE]
    if not events:
        return (version,)
    return tuple(as_of(version, n) for n in (*again, len(events)))


def as_of(version: Version, n: int) -> Version:
    """The version as its n-th event left it."""
    return told_by(version.hash, version.programme, version.history[:n])


def answered(version: Version, command: Command) -> Version | None:
    """The version as this very command left it, or None where the command is new.

    Raises KeyReused where the caller's key came with another request.
    """
    event = history.made_by(version.history, command.key)
    if event is None or event.by != command.actor:
        return None
    if event.body != command.body:
        raise KeyReused
    return as_of(version, event.n)


def proposed(
    known: Version | None, hash_: str, programme: str, effective_from: date, command: Command
) -> Version:
    """The version, proposed to take effect on that day.

    Raises Conflict `already_proposed` while an earlier proposal of it is open, `history_full`.
    """
    if known and known.state is VersionState.PROPOSED:
        since = known.effective_from.isoformat()
        raise Conflict("already_proposed", facts={"effective_from": since})
    facts = {"effective_from": effective_from.isoformat()}
    entries = known.history if known else ()
    told = _event(entries, VersionVerb.PROPOSE, VersionState.PROPOSED, command, facts)
    return told_by(hash_, programme, told)


def approved(version: Version, command: Command) -> Version:
    """The version, approved by a second official.

    Raises Conflict `not_in_state`, `effective_day_passed` where its day has gone by, Forbidden
    `same_person`.
    """
    _check_open(version, VersionVerb.APPROVE)
    if version.proposer == command.actor:
        raise Forbidden("same_person")
    since = version.effective_from
    if since < calendar.civil_date(command.at):
        raise Conflict("effective_day_passed", facts={"effective_from": since.isoformat()})
    return _ended(version, VersionVerb.APPROVE, VersionState.APPROVED, command)


def withdrawn(version: Version, command: Command) -> Version:
    """The version, taken back by its proposer; Forbidden `not_the_proposer` for anybody else.

    Raises Conflict `not_in_state` where no proposal of it is open.
    """
    _check_open(version, VersionVerb.WITHDRAW)
    if version.proposer != command.actor:
        raise Forbidden("not_the_proposer")
    return _ended(version, VersionVerb.WITHDRAW, VersionState.WITHDRAWN, command)


def _check_open(version: Version, verb: VersionVerb) -> None:
    if version.state is not VersionState.PROPOSED:
        raise Conflict("not_in_state", facts={"state": version.state, "verb": verb})


def _ended(version: Version, verb: VersionVerb, state: VersionState, command: Command) -> Version:
    told = _event(version.history, verb, state, command, {})
    return told_by(version.hash, version.programme, told)


def _event(
    entries: tuple[str, ...],
    verb: VersionVerb,
    state: VersionState,
    command: Command,
    facts: dict[str, str],
) -> tuple[str, ...]:
    if len(entries) >= history.LIMIT:
        raise Conflict("history_full", facts={"limit": history.LIMIT})
    return history.append(entries, verb, state, command, facts)

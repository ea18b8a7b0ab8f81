"""Propose a policy (提出政策): a programme's document, to take effect on a day."""

from datetime import date
from typing import Any

from chalicelib import policy
from chalicelib.errors import Conflict, Invalid, KeyReused
from chalicelib.policy import version
from chalicelib.policy.check import FaultyPolicy, checked
from chalicelib.policy.timeline import Timeline
from chalicelib.policy.version import Version
from chalicelib.rules import calendar
from chalicelib.rules.history import Command
from chalicelib.rules.principal import Principal, Right
from chalicelib.store import requests, timelines, transact, versions

from .past_stands import check_after, check_before

_PATH = "/policies"
_TRIES = 3


def propose_policy(
    principal: Principal,
    programme: str,
    document: dict[str, Any],
    effective_from: date | None,
    command: Command,
) -> Version:
    """The version, waiting for a second official; no day named means today.

    What is in force on that day already, or proposed for it, is answered as it stands. Raises
    Forbidden `right_missing`, Invalid `policy`, `other_programme_named`, `effective_in_past`,
    `past_changed` or `later_version_differs`, Conflict `already_proposed`, KeyReused.
    """
    principal.require(Right.POLICY_PROPOSE)
    if known := requests.remembered(command.actor, _PATH, command.key):
        return _repeated(known, command)
    today = calendar.civil_date(command.at)
    since = effective_from or today
    _check(document, programme)
    if since < today:
        raise Invalid(
            "effective_in_past", field="effective_from", facts={"today": today.isoformat()}
        )
    proposed = _proposed(document, since, command)
    try:
        requests.remember(command.actor, _PATH, command.key, command.body, proposed.hash)
    except transact.Lost:
        raise KeyReused from None
    return proposed


def _check(document: dict[str, Any], programme: str) -> None:
    try:
        checked(document)
    except FaultyPolicy as found:
        raise Invalid(
            "policy", field="document", facts={"faults": "; ".join(found.faults)}
        ) from None
    if document["programme"] != programme:
        raise Invalid("other_programme_named", field="programme", facts={"programme": programme})


def _proposed(document: dict[str, Any], since: date, command: Command) -> Version:
    hash_, programme = policy.digest(document), document["programme"]
    told = timelines.load(programme)
    for _ in range(_TRIES):
        known = versions.find(hash_)
        if known and (done := version.answered(known, command)):
            return done
        if known and _stands(known, told, since):
            return known
        _check_past(document, told, since, calendar.civil_date(command.at))
        after = version.proposed(known, hash_, programme, since, command)
        try:
            versions.keep(known, after, document)
        except transact.Lost:
            continue
        return after
    raise Conflict("changed_meanwhile")


def _stands(known: Version, told: Timeline, since: date) -> bool:
    """Whether this very version is in force on that day or proposed for it already."""
    governing = told.at(since)
    if governing and governing.hash == known.hash:
        return True
    return known.state is version.VersionState.PROPOSED and known.effective_from == since


def _check_past(document: dict[str, Any], told: Timeline, since: date, today: date) -> None:
    if found := check_before(document, told, since, today):
        raise Invalid(
            "past_changed",
            field="document",
            facts={"effective_from": since.isoformat(), "faults": "; ".join(found)},
        )
    if found := check_after(document, told, since):
        raise Invalid("later_version_differs", field="document", facts={"faults": "; ".join(found)})


def _repeated(known: tuple[str, str], command: Command) -> Version:
    body, hash_ = known
    if body != command.body:
        raise KeyReused
    kept = versions.load(hash_)
    return version.answered(kept, command) or kept

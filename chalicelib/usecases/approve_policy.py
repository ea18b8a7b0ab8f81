"""Approve a policy (核准政策): a second official lets a proposed version take effect on its day."""

from chalicelib.errors import Conflict
from chalicelib.policy import version
from chalicelib.policy.timeline import Approved, Timeline
from chalicelib.policy.version import Version
from chalicelib.rules.history import Command
from chalicelib.rules.principal import Principal, Right
from chalicelib.store import timelines, transact, versions

from .past_stands import check_after, check_before

_TRIES = 5
"""Each lost race is another move of this version, or another approval of its programme."""


def approve_policy(principal: Principal, hash_: str, command: Command) -> Version:
    """The version, approved; from its day on it governs by itself.

    Raises Forbidden `right_missing` or `same_person`, NotFound, Conflict `not_in_state`,
    `effective_day_passed`, or `policy_overtaken` where a version approved meanwhile would change
    its past or the past of which it would change, KeyReused.
    """
    principal.require(Right.POLICY_APPROVE)
    for _ in range(_TRIES):
        found = versions.load(hash_)
        if done := version.answered(found, command):
            return done
        approved = version.approved(found, command)
        told = timelines.load(found.programme)
        _check_past(found, told)
        try:
            _keep(found, approved, told)
        except transact.Lost:
            continue
        return approved
    raise Conflict("changed_meanwhile")


def _check_past(found: Version, told: Timeline) -> None:
    document, since = versions.document(found.hash), found.effective_from
    faults = check_before(document, told, since, found.proposed_on)
    faults += check_after(document, told, since)
    if faults:
        raise Conflict("policy_overtaken", facts={"faults": "; ".join(faults)})


def _keep(found: Version, approved: Version, told: Timeline) -> None:
    one = Approved(approved.effective_from, approved.hash, approved.proposed_on)

    def fill(transaction: transact.Transaction) -> None:
        versions.keep_within(transaction, found, approved)
        timelines.extend_within(transaction, approved.programme, told, told.with_(one))

    transact.together(fill, lambda: versions.is_kept(approved))

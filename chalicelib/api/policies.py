"""Policies: one official proposes a programme's dated parameters, a second approves them."""

from typing import Any

import msgspec
from chalice.app import Blueprint

from chalicelib.policy.version import Version, VersionState
from chalicelib.rules.principal import Right
from chalicelib.usecases import list_policies

from . import fields, shown
from .bodies import Nothing
from .http import Change, Reading, changes, reads

bp = Blueprint(__name__)
_PROPOSERS = frozenset({Right.POLICY_PROPOSE})
_APPROVERS = frozenset({Right.POLICY_APPROVE})


class PolicyProposed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A programme's document, and the day from which it is to govern; without one, today.

    What stands in the document is checked by the policy's own rules.
    """

    programme: fields.Programme
    document: dict[str, Any]
    effective_from: fields.Day | None = None


class PolicyVersion(msgspec.Struct, frozen=True):
    """One proposal of a version: who proposed it from which day on, and what became of it."""

    programme: shown.Programme
    hash: shown.PolicyHash
    effective_from: shown.Day
    state: VersionState
    proposer: shown.Subject
    approver: shown.Subject | None


class PolicyInForce(msgspec.Struct, frozen=True):
    """The version that governs a programme today."""

    programme: shown.Programme
    hash: shown.PolicyHash


class Policies(msgspec.Struct, frozen=True):
    """Every proposal by programme and day of effect, and what is in force today."""

    policies: tuple[PolicyVersion, ...]
    in_force: tuple[PolicyInForce, ...]


class PolicyDocument(msgspec.Struct, frozen=True):
    """What a version says, under the hash by which vouchers and settlements name it."""

    programme: shown.Programme
    hash: shown.PolicyHash
    document: dict[str, Any]


@reads(bp, "/policies", rights=_PROPOSERS | _APPROVERS, query=Nothing, gives=Policies)
def show_policies(asked: Reading[Nothing]) -> Policies:
    """Every proposal there was, and the version of every programme that is in force."""
    told = list_policies.policies(asked.principal)
    governing = list_policies.in_force(asked.principal, asked.now)
    return Policies(
        tuple(map(_view, told)),
        tuple(PolicyInForce(code, hash_) for code, hash_ in governing.items()),
    )


@reads(
    bp,
    "/policies/{policy_hash}",
    rights=_PROPOSERS | _APPROVERS | {Right.VOUCHER_VIEW},
    query=Nothing,
    gives=PolicyDocument,
)
def show_policy(asked: Reading[Nothing]) -> PolicyDocument:
    """What a version says."""
    found, document = list_policies.document(asked.principal, asked.path["policy_hash"])
    return PolicyDocument(found.programme, found.hash, document)


@changes(
    bp,
    "/policies",
    rights=_PROPOSERS,
    body=PolicyProposed,
    gives=PolicyVersion,
    problems=(
        *("already_proposed", "effective_in_past", "history_full", "later_version_differs"),
        *("other_programme_named", "past_changed", "policy"),
    ),
)
def propose_a_policy(asked: Change[PolicyProposed]) -> PolicyVersion:
    """The version, waiting for a second official."""
    from chalicelib.usecases import propose_policy

    body = asked.body
    return _view(
        propose_policy.propose_policy(
            asked.principal, body.programme, body.document, body.effective_from, asked.command
        )
    )


@changes(
    bp,
    "/policies/{policy_hash}/approval",
    rights=_APPROVERS,
    body=Nothing,
    gives=PolicyVersion,
    problems=(
        *("effective_day_passed", "history_full", "not_in_state", "policy_overtaken"),
        "same_person",
    ),
    status=200,
)
def approve_a_policy(asked: Change[Nothing]) -> PolicyVersion:
    """The version, approved; it governs from its day on."""
    from chalicelib.usecases import approve_policy

    hash_ = asked.path["policy_hash"]
    return _view(approve_policy.approve_policy(asked.principal, hash_, asked.command))


@changes(
    bp,
    "/policies/{policy_hash}/withdrawal",
    rights=_PROPOSERS,
    body=Nothing,
    gives=PolicyVersion,
    problems=("history_full", "not_in_state", "not_the_proposer"),
    status=200,
)
def withdraw_a_policy(asked: Change[Nothing]) -> PolicyVersion:
    """The version, taken back by its proposer."""
    from chalicelib.usecases import withdraw_policy

    hash_ = asked.path["policy_hash"]
    return _view(withdraw_policy.withdraw_policy(asked.principal, hash_, asked.command))


def _view(told: Version) -> PolicyVersion:
    return PolicyVersion(
        programme=told.programme,
        hash=told.hash,
        effective_from=told.effective_from.isoformat(),
        state=told.state,
        proposer=told.proposer,
        approver=told.approver,
    )

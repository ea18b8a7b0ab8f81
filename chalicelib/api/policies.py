"""Policies: the city publishes a programme's dated parameters, and asks which are in force."""

from typing import Any

import msgspec
from chalice.app import Blueprint

from chalicelib.rules.principal import Right
from chalicelib.usecases import list_policies, publish

from . import fields, shown
from .bodies import Nothing
from .http import Change, Reading, changes, reads

bp = Blueprint(__name__)


class PolicyPublished(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A programme's document; what stands in it is checked by the policy's own rules."""

    programme: fields.Programme
    document: dict[str, Any]


class PolicyKept(msgspec.Struct, frozen=True):
    """The hash under which a programme's document is kept and in force."""

    programme: shown.Programme
    hash: shown.PolicyHash


class PoliciesInForce(msgspec.Struct, frozen=True):
    """Every programme that has a policy in force, and the hash under which it is kept."""

    policies: tuple[PolicyKept, ...]


@reads(
    bp,
    "/policies",
    rights=frozenset({Right.POLICY_PUBLISH}),
    query=Nothing,
    gives=PoliciesInForce,
)
def show_policies(asked: Reading[Nothing]) -> PoliciesInForce:
    """The version of every programme that is in force."""
    found = list_policies.policies(asked.principal)
    return PoliciesInForce(tuple(PolicyKept(code, hash_) for code, hash_ in found.items()))


@changes(
    bp,
    "/policies",
    rights=frozenset({Right.POLICY_PUBLISH}),
    body=PolicyPublished,
    gives=PolicyKept,
    problems=("other_programme_named", "policy"),
)
def publish_policy(asked: Change[PolicyPublished]) -> PolicyKept:
    """The hash under which the document is kept."""
    body = asked.body
    kept = publish.publish(asked.principal, body.programme, body.document, asked.command)
    return PolicyKept(body.programme, kept)

"""Policies: the city publishes a programme's dated parameters."""

from typing import Any

import msgspec
from chalice.app import Blueprint

from chalicelib.rules.principal import Right
from chalicelib.usecases import publish

from . import fields, shown
from .http import Change, changes

bp = Blueprint(__name__)


class PolicyPublished(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A programme's document; what stands in it is checked by the policy's own rules."""

    programme: fields.Programme
    document: dict[str, Any]


class PolicyKept(msgspec.Struct, frozen=True):
    """The hash under which a programme's document is kept and in force."""

    programme: shown.Programme
    hash: str


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

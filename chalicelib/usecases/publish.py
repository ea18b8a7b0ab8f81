"""Publish (发布政策): a programme's dated parameters come into force under their content hash."""

from typing import Any

from chalicelib import policy
from chalicelib.errors import Invalid, KeyReused
from chalicelib.policy.document import FaultyPolicy, checked
from chalicelib.rules.history import Command
from chalicelib.rules.principal import Principal, Right
from chalicelib.store import programmes, requests, transact

_PATH = "/policies"


def publish(
    principal: Principal, programme: str, document: dict[str, Any], command: Command
) -> str:
    """The hash under which the document is kept and in force.

    Raises Forbidden `right_missing`, Invalid `policy` with every fault found, Invalid
    `other_programme_named` where the document is another programme's, KeyReused.
    """
    principal.require(Right.POLICY_PUBLISH)
    if known := requests.remembered(command.actor, _PATH, command.key):
        return _repeated(known, command)
    try:
        checked(document)
    except FaultyPolicy as found:
        raise Invalid(
            "policy", field="document", facts={"faults": "; ".join(found.faults)}
        ) from None
    if document["programme"] != programme:
        raise Invalid("other_programme_named", field="programme", facts={"programme": programme})
    hash_ = policy.digest(document)
    programmes.publish(document, hash_, command)
    try:
        requests.remember(command.actor, _PATH, command.key, command.body, hash_)
    except transact.Lost:
        raise KeyReused from None
    return hash_


def _repeated(known: tuple[str, str], command: Command) -> str:
    body, hash_ = known
    if body != command.body:
        raise KeyReused
    return hash_

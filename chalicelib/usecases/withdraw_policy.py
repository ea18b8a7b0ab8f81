"""Withdraw a policy (撤回政策): its proposer takes a version back before it is approved."""

from chalicelib.errors import Conflict
from chalicelib.policy import version
from chalicelib.policy.version import Version
from chalicelib.rules.history import Command
from chalicelib.rules.principal import Principal, Right
from chalicelib.store import transact, versions

_TRIES = 3


def withdraw_policy(principal: Principal, hash_: str, command: Command) -> Version:
    """The version, withdrawn; it may be proposed again.

    Raises Forbidden `right_missing` or `not_the_proposer`, NotFound, Conflict `not_in_state`,
    KeyReused.
    """
    principal.require(Right.POLICY_PROPOSE)
    for _ in range(_TRIES):
        found = versions.load(hash_)
        if done := version.answered(found, command):
            return done
        after = version.withdrawn(found, command)
        try:
            versions.keep(found, after)
        except transact.Lost:
            continue
        return after
    raise Conflict("changed_meanwhile")

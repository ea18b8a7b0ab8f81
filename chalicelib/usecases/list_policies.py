"""List the policies: which version of each programme is in force."""

from chalicelib.rules.principal import Principal, Right
from chalicelib.store import programmes


def policies(principal: Principal) -> dict[str, str]:
    """The hash of the version in force, by programme. Raises Forbidden `right_missing`."""
    principal.require(Right.POLICY_PUBLISH)
    return dict(sorted(programmes.in_force().items()))

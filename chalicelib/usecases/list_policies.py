"""Read the policies: every proposal there was, which version is in force, what a version says."""

from datetime import datetime
from typing import Any

from chalicelib.policy import version
from chalicelib.policy.version import Version
from chalicelib.rules import calendar
from chalicelib.rules.principal import Principal, Right
from chalicelib.store import programmes, versions


def policies(principal: Principal) -> list[Version]:
    """Every proposal, as it ended or stands, by programme and day of effect.

    Raises Forbidden `right_missing` for whoever neither proposes nor approves.
    """
    _require(principal)
    found = [told for kept in versions.listed() for told in version.proposals(kept)]
    return sorted(found, key=lambda one: (one.programme, one.effective_from, one.proposed_on))


def in_force(principal: Principal, now: datetime) -> dict[str, str]:
    """The hash of the version in force today, by programme; raises as `policies` does."""
    _require(principal)
    return dict(sorted(programmes.in_force(calendar.civil_date(now)).items()))


def document(principal: Principal, hash_: str) -> tuple[Version, dict[str, Any]]:
    """A version and what it says, also for those who see the vouchers it decides on; NotFound.

    Raises Forbidden `right_missing` for everybody else.
    """
    if Right.VOUCHER_VIEW not in principal.rights:
        _require(principal)
    return versions.load(hash_), versions.document(hash_)


def _require(principal: Principal) -> None:
    if Right.POLICY_APPROVE not in principal.rights:
        principal.require(Right.POLICY_PROPOSE)

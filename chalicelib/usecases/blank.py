"""The voucher before its first event: what a person, a policy and a period make of it."""

import secrets
from datetime import date

from chalicelib.policy import Policy, decisions
from chalicelib.policy.compiled import Period
from chalicelib.rules import calendar, ids
from chalicelib.rules.moves import State
from chalicelib.rules.person import Group, Person
from chalicelib.rules.voucher import Terms, Voucher

_SECRET_BYTES = 16


def blank(
    person: Person, policy: Policy, period: Period, ordinal: int, group: Group | None, on: date
) -> Voucher:
    """A voucher for this person, counted under that group, issued on that day.

    Its id is computed, so making it twice makes the same one.
    """
    void_on = decisions.expire.void_on(policy, on) or period.expires_on
    unfinished = decisions.expire.covers_unfinished(policy, on)
    return Voucher(
        id=ids.voucher_id(person.id, policy.programme, period.name, ordinal),
        person_id=person.id,
        programme=policy.programme,
        period=period.name,
        ordinal=ordinal,
        shape=policy.shape,
        policy=policy.hash,
        expires_at=calendar.text(calendar.midnight(void_on)),
        secret=secrets.token_bytes(_SECRET_BYTES),
        state=State.ISSUED,
        terms=Terms(district=person.district, group=group, expires_unfinished=unfinished or None),
        history=(),
    )

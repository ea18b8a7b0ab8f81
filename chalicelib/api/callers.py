"""Who is calling, and under which command; whether he may is asked before anything else is read."""

import re
from datetime import datetime

from chalicelib.errors import Invalid
from chalicelib.rules import history
from chalicelib.rules.history import Command
from chalicelib.rules.principal import Principal, Right
from chalicelib.usecases import identify

from .incoming import Incoming

KEY = re.compile(r"[A-Za-z0-9._:-]{8,64}")
"""The form of an Idempotency-Key."""


def principal(incoming: Incoming, rights: frozenset[Right], now: datetime) -> Principal:
    """The caller, once he holds one of the rights; Forbidden before anything else is read."""
    caller = identify.principal(incoming.subject, incoming.person_id, incoming.channel, now)
    if not rights & caller.rights:
        caller.require(min(rights))
    return caller


def command(incoming: Incoming, principal: Principal, now: datetime) -> Command:
    """The command of a change: its key is the caller's Idempotency-Key; Invalid without one."""
    key = incoming.key
    if key is None:
        raise Invalid("idempotency_key_missing", field="Idempotency-Key")
    if not KEY.fullmatch(key):
        raise Invalid("idempotency_key_malformed", field="Idempotency-Key")
    return Command(
        actor=principal.person_id or principal.subject,
        role=principal.role,
        key=key,
        body=history.body_hash(incoming.body + incoming.address.encode()),
        at=now,
        channel=principal.channel,
    )

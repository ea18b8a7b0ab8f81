"""State an account: the national platform brings, or corrects, the one tied to a person's card.

A line that was approved keeps the account it was approved with; what is approved later is paid to
the new one (notice 三.(五), money for a person goes to the account of the social security card).
"""

from collections.abc import Sequence
from dataclasses import replace

from chalicelib.errors import Conflict, Invalid
from chalicelib.rules import history, personal
from chalicelib.rules.history import Command
from chalicelib.rules.ids import PersonId
from chalicelib.rules.personal import Account
from chalicelib.store import people, secrets, transact, vouchers

from .hear_national import UNKNOWN, acknowledge, put_aside, told, voucher_of

BAD_ACCOUNT = "bad_account"
_VERB = "state_account"
_KEPT = "kept"
_WHY = "national-account"
_TRIES = 5


def state_account(event_id: str, sealed: bytes, stated_at: str, command: Command) -> None:
    """Keeps the account stated in answer to an event, which is thereby acknowledged.

    `stated_at` orders the platform's words: an older one than the last changes nothing. Raises
    Unavailable where the seal does not open, so that the message comes again.
    """
    if told(event_id) is None:
        put_aside(_VERB, [event_id], UNKNOWN, command)
        return
    content = secrets.unseal_stated_account(event_id, sealed, command, _WHY)
    try:
        account = personal.account(content)
    except Invalid:
        put_aside(_VERB, [event_id], BAD_ACCOUNT, command)
    else:
        _keep(vouchers.load(voucher_of(event_id)).person_id, account, stated_at, command)
    acknowledge([event_id], command)


def _keep(person_id: PersonId, account: Account, stated_at: str, command: Command) -> None:
    for _ in range(_TRIES):
        record, before = people.sealed_with_history(person_id)
        if history.made_by(before, command.key) or _newer(before, stated_at):
            return
        if len(before) >= history.LIMIT:
            raise Conflict("history_full", facts={"limit": history.LIMIT})
        known = secrets.unseal_person(person_id, record, command, _WHY)
        if known.account.reveal() == account.reveal():
            return
        now = replace(known, account=account)
        facts = {
            "before": known.masks.account,
            "after": now.masks.account,
            "stated_at": stated_at,
        }
        after = history.append(before, _VERB, _KEPT, command, facts)
        try:
            people.reseal(person_id, secrets.seal_person(person_id, now), now.masks, before, after)
        except transact.Lost:
            continue
        return
    raise Conflict("changed_meanwhile")


def _newer(before: Sequence[str], stated_at: str) -> bool:
    """Whether the last account was stated later than this one."""
    return bool(before) and str(history.read(before[-1]).set["stated_at"]) > stated_at

"""Show the code (出示): what the worker's phone shows to the institution's desk."""

from datetime import datetime, timedelta

from chalicelib.errors import Conflict
from chalicelib.rules import voucher_code
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.moves import MOVES, Verb
from chalicelib.rules.principal import Principal

from .show import held_by
from .validity import check_valid


def show_code(principal: Principal, voucher_id: VoucherId, now: datetime) -> tuple[str, datetime]:
    """A code of this second and when it ends; nothing is written.

    Raises Conflict `not_in_state` unless the voucher waits to be verified.
    """
    found = held_by(principal, voucher_id)
    check_valid(found, now)
    sources, _ = MOVES[found.shape].get(Verb.VERIFY, (frozenset(), None))
    if found.state not in sources:
        raise Conflict("not_in_state", facts={"state": found.state, "verb": Verb.VERIFY})
    return voucher_code.mint(found, now), now + timedelta(seconds=voucher_code.LIFE_S)

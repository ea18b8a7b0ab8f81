"""Keeping one voucher's move: the conditional write, and what is answered when it is lost."""

from chalicelib.errors import Conflict
from chalicelib.rules.history import Command
from chalicelib.rules.voucher import Voucher
from chalicelib.store import transact, vouchers

from .repeats import answered


def keep(before: Voucher, after: Voucher, command: Command) -> Voucher:
    """The voucher as saved; after a lost race the answer of this command, if it was its own."""
    try:
        vouchers.save(before, after)
    except transact.Lost:
        return after_a_race(before, command)
    return after


def after_a_race(wanted: Voucher, command: Command) -> Voucher:
    """Somebody was faster: perhaps this very command, sent twice; else Conflict."""
    for found in vouchers.load_all([wanted.id]):
        if done := answered(found, command):
            return done
    raise Conflict("changed_meanwhile")

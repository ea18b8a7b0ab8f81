"""Verify (验证): an institution reads the worker's code; from then on it may enrol him.

Notice 三.(二): only after the voucher passes may the institution admit the worker (录取).
"""

from chalicelib.errors import NotFound, Refused
from chalicelib.policy import decisions
from chalicelib.rules import calendar, voucher, voucher_code
from chalicelib.rules.functions import Function
from chalicelib.rules.history import Command
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.moves import Verb
from chalicelib.rules.principal import Principal
from chalicelib.rules.voucher import Voucher
from chalicelib.store import programmes, vouchers

from .keep import keep
from .repeats import answered
from .validity import check_valid


def verify(principal: Principal, voucher_id: VoucherId, code: str, command: Command) -> Voucher:
    """The voucher, verified by the caller's institution; the code is spent with it.

    Raises Refused `function_off`, `code_invalid`, `code_expired` or `voucher_expired`, Conflict
    `code_spent` or `not_in_state`. A voucher that does not exist answers like a wrong code.
    """
    institution = principal.institution
    try:
        found = vouchers.load(voucher_id)
    except NotFound:
        raise Refused("code_invalid", voucher_code.VERIFICATION, field="code") from None
    if done := answered(found, command):
        return done
    today = calendar.civil_date(command.at)
    policy = programmes.current(found.programme, today)
    decisions.functions.decide(policy, Function.VERIFY, today).check()
    step = voucher_code.accept(code, found, command.at)
    check_valid(found, command.at)
    facts = {"verified_by": institution.id, "code_step": step}
    return keep(found, voucher.move(found, Verb.VERIFY, command, facts), command)

"""Hear (银行回执): what the bank says of a line, applied once, in whatever order it comes.

Money that was paid moves in one transaction of line and budget, and with the last line of a
voucher the voucher is written off; what no machine may decide is put aside for a person.
"""

from chalicelib.errors import Conflict
from chalicelib.observability import Log, logger
from chalicelib.rules import line
from chalicelib.rules.history import Command
from chalicelib.rules.line import BankWord, Line, LineVerb, Verdict
from chalicelib.store import payments, programmes, quarantine, transact

from . import move_line

_TRIES = 5


def hear(word: BankWord, command: Command) -> Verdict:
    """What was made of the bank's word; `command.key` is the message's id.

    Raises Conflict `early` where the word outran our own record, so that it comes again.
    """
    for _ in range(_TRIES):
        found = payments.find(word.line_id)
        verdict = line.weigh(word, found)
        if verdict is Verdict.EARLY:
            raise Conflict("early", facts={"line_id": word.line_id})
        if verdict is Verdict.QUARANTINE:
            _put_aside(word, found, command)
        if verdict is not Verdict.APPLY or found is None:
            return verdict
        try:
            _apply(word, found, command)
        except transact.Lost:
            continue
        except Conflict:
            # The voucher may have moved with its line between our two reads.
            if payments.find(word.line_id) == found:
                raise
            continue
        return verdict
    raise Conflict("changed_meanwhile")


def _put_aside(word: BankWord, found: Line | None, command: Command) -> None:
    quarantine.keep(word, found, command)
    # What the bank wrote stays in the table: a log shows only what is the city's own.
    facts = {"line_id": found.id, "state": found.state} if found else {}
    logger.error("quarantined", extra={"log": Log.QUARANTINED, "said": word.verb, **facts})


def _apply(word: BankWord, found: Line, command: Command) -> None:
    """Line, budget and voucher move together or not at all."""
    facts = {"reason": word.reason} if word.reason else {}
    if word.verb is LineVerb.ACCEPT:
        payments.save(found, line.move(found, word.verb, command, facts))
        return
    step = move_line.move(found, word.verb, command, facts)
    money = (found.fund, found.year, found.amount_fen)

    def fill(transaction: transact.Transaction) -> None:
        step.fill(transaction)
        if word.verb is LineVerb.PAY:
            programmes.pay_within(transaction, *money)
        if word.verb is LineVerb.RETURN:
            programmes.unpay_within(transaction, *money)

    transact.together(fill, step.is_saved)

"""The same command again: answered from the event it left, at no further write."""

from chalicelib.errors import KeyReused
from chalicelib.rules import history, voucher
from chalicelib.rules.history import Command
from chalicelib.rules.voucher import Voucher


def answered(found: Voucher, command: Command) -> Voucher | None:
    """The voucher as this command left it, or None where the command is new.

    Raises KeyReused where the key came with another request or from another caller.
    """
    event = history.made_by(found.history, command.key)
    if event is None:
        return None
    if (event.body, event.by) != (command.body, command.actor):
        raise KeyReused
    return voucher.as_of(found, event.n)

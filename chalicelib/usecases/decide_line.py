"""A district's decision about a payment line: whose line it is, why, and the same answer again."""

from chalicelib.errors import Conflict, Invalid, KeyReused, NotFound
from chalicelib.rules import history, line
from chalicelib.rules.history import Command
from chalicelib.rules.ids import LineId
from chalicelib.rules.line import Line, LineVerb
from chalicelib.rules.principal import Principal
from chalicelib.store import payments, transact

_REASON_CHARACTERS = 200


def supervised(principal: Principal, line_id: LineId) -> Line:
    """A line of a district the caller's office answers for; NotFound for any other."""
    found = payments.load(line_id)
    if not principal.supervises(found.district):
        raise NotFound("line")
    return found


def checked(reason: str) -> str:
    """A reason somebody can read later; Invalid where it is empty or too long."""
    stated = reason.strip()
    if not 1 <= len(stated) <= _REASON_CHARACTERS:
        raise Invalid("bad_value", field="reason")
    return stated


def answered(found: Line, verb: LineVerb, command: Command) -> Line | None:
    """The line as this command left it, or None where the command is new.

    Raises KeyReused where the caller's key came with another decision of this kind.
    """
    for event in history.events(found.history):
        if (event.do, event.by, event.key) == (verb, command.actor, command.key):
            if event.body != command.body:
                raise KeyReused
            return line.as_of(found, event.n)
    return None


def keep(before: Line, after: Line, verb: LineVerb, command: Command) -> Line:
    """The line as saved; after a lost race the answer of this command, if it was its own."""
    try:
        payments.save(before, after)
    except transact.Lost:
        if done := answered(payments.load(before.id), verb, command):
            return done
        raise Conflict("changed_meanwhile") from None
    return after

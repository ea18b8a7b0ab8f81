"""Keeping a channel's change: the conditional write, and the same answer to the same command."""

from chalicelib.errors import Conflict, KeyReused
from chalicelib.rules import history
from chalicelib.rules.channel import Channel, ChannelVerb
from chalicelib.rules.history import Command
from chalicelib.store import channels, transact


def answered(known: Channel, verb: ChannelVerb, command: Command) -> Channel | None:
    """The channel as it stands where this command changed it before, or None where it is new.

    Raises KeyReused where the caller's key came with another change of this kind.
    """
    for event in history.events(known.history):
        if (event.do, event.by, event.key) == (verb, command.actor, command.key):
            if event.body != command.body:
                raise KeyReused
            return known
    return None


def keep(before: Channel | None, after: Channel, verb: ChannelVerb, command: Command) -> Channel:
    """The channel as saved; after a lost race the answer of this command, if it was its own."""
    try:
        channels.save(before, after)
    except transact.Lost:
        found = channels.load(after.client_id)
        if done := answered(found, verb, command):
            return done
        raise Conflict("changed_meanwhile") from None
    return after

"""Suspend a client channel (停用): workers are turned away from it until it is registered anew."""

from chalicelib.rules import channel
from chalicelib.rules.channel import Channel, ChannelVerb
from chalicelib.rules.history import Command
from chalicelib.rules.principal import Principal, Right
from chalicelib.store import channels

from .keep_channel import answered, keep


def suspend_channel(principal: Principal, client_id: str, reason: str, command: Command) -> Channel:
    """The channel, shut for the reason; NotFound, Conflict `history_full`."""
    principal.require(Right.CHANNEL_MANAGE)
    known = channels.load(client_id)
    if done := answered(known, ChannelVerb.SUSPEND, command):
        return done
    after = channel.suspended(known, reason, command)
    return keep(known, after, ChannelVerb.SUSPEND, command)

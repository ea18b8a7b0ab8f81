"""Register a client channel, or change what is registered of it (notice 三.(一), 四.(二))."""

from chalicelib.errors import Invalid
from chalicelib.rules import channel
from chalicelib.rules.channel import Channel, ChannelVerb, Registration
from chalicelib.rules.history import Command
from chalicelib.rules.principal import Principal, Right
from chalicelib.store import channels

from .keep_channel import answered, keep


def register_channel(
    principal: Principal, client_id: str, registration: Registration, command: Command
) -> Channel:
    """The channel as registered; one that was suspended is open again.

    Raises Invalid `bad_value` where it would end before it begins, Conflict `history_full`.
    """
    principal.require(Right.CHANNEL_MANAGE)
    if registration.until is not None and registration.until < registration.since:
        raise Invalid("bad_value", field="until")
    known = channels.find(client_id)
    if known is not None and (done := answered(known, ChannelVerb.REGISTER, command)):
        return done
    after = channel.registered(client_id, known, registration, command)
    return keep(known, after, ChannelVerb.REGISTER, command)

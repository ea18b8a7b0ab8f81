"""List the registered client channels."""

from chalicelib.rules.channel import Channel
from chalicelib.rules.principal import Principal, Right
from chalicelib.store import channels


def list_channels(principal: Principal) -> list[Channel]:
    """Every registered channel, by client id."""
    principal.require(Right.CHANNEL_MANAGE)
    return channels.listed()

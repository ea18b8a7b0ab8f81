"""Client channels: the permission manager registers, suspends and lists the apps of this API."""

from datetime import date
from typing import Annotated

import msgspec
from chalice.app import Blueprint
from msgspec import Meta

from chalicelib.rules import calendar
from chalicelib.rules.channel import Channel, Registration
from chalicelib.rules.principal import Right
from chalicelib.usecases import list_channels, register_channel, suspend_channel

from . import fields, shown
from .bodies import Nothing
from .http import Change, Reading, changes, reads

bp = Blueprint(__name__)
_MANAGERS = frozenset({Right.CHANNEL_MANAGE})


class ChannelRegistered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An app: its client id at the identity provider, its names, the days it is open."""

    client_id: fields.ClientId
    name_zh: Annotated[fields.Line, Meta(examples=["微信"])]
    name_en: Annotated[fields.Line, Meta(examples=["WeChat"])]
    since: fields.Day
    until: fields.Day | None = None


class Suspension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a channel is shut."""

    reason: fields.Reason


class ChannelShown(msgspec.Struct, frozen=True):
    """A registered app; `suspended` is the reason for which it is shut although its days last."""

    client_id: shown.ClientId
    name_zh: Annotated[str, Meta(examples=["微信"])]
    name_en: Annotated[str, Meta(examples=["WeChat"])]
    since: shown.Day
    until: shown.Day | None
    suspended: Annotated[str, Meta(examples=["密钥泄露，已停用"])] | None
    open: bool


class Channels(msgspec.Struct, frozen=True):
    """Every registered app, by client id."""

    channels: tuple[ChannelShown, ...]


@reads(bp, "/channels", rights=_MANAGERS, query=Nothing, gives=Channels)
def show_channels(asked: Reading[Nothing]) -> Channels:
    """Every registered channel."""
    today = calendar.civil_date(asked.now)
    listed = list_channels.list_channels(asked.principal)
    return Channels(tuple(_view(channel, today) for channel in listed))


@changes(
    bp,
    "/channels",
    rights=_MANAGERS,
    body=ChannelRegistered,
    gives=ChannelShown,
    problems=("history_full",),
)
def register_a_channel(asked: Change[ChannelRegistered]) -> ChannelShown:
    """The channel as registered; one that was suspended is open again."""
    body = asked.body
    registration = Registration(body.name_zh, body.name_en, body.since, body.until)
    kept = register_channel.register_channel(
        asked.principal, body.client_id, registration, asked.command
    )
    return _view(kept, calendar.civil_date(asked.command.at))


@changes(
    bp,
    "/channels/{client_id}/suspension",
    rights=_MANAGERS,
    body=Suspension,
    gives=ChannelShown,
    problems=("history_full",),
)
def suspend_a_channel(asked: Change[Suspension]) -> ChannelShown:
    """The channel, shut for the reason given."""
    kept = suspend_channel.suspend_channel(
        asked.principal, asked.path["client_id"], asked.body.reason, asked.command
    )
    return _view(kept, calendar.civil_date(asked.command.at))


def _view(channel: Channel, on: date) -> ChannelShown:
    told = channel.registration
    return ChannelShown(
        client_id=channel.client_id,
        name_zh=told.name_zh,
        name_en=told.name_en,
        since=told.since.isoformat(),
        until=told.until.isoformat() if told.until else None,
        suspended=channel.suspended or None,
        open=channel.open(on),
    )

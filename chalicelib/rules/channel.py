"""Client channels (电子社保卡应用程序客户端, notice 三.(一)): the registered apps of the one API.

Here: what a channel is, when it is open, and how registering and suspending change it. Not here:
who may do that.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from chalicelib.errors import Conflict

from . import calendar, history
from .history import Command


class ChannelVerb(StrEnum):
    """What can happen to a channel."""

    REGISTER = "register"
    SUSPEND = "suspend"


@dataclass(frozen=True)
class Registration:
    """What is registered of a channel: its names, and the days on which it is open (inclusive)."""

    name_zh: str
    name_en: str
    since: date
    until: date | None


@dataclass(frozen=True)
class Channel:
    """An app by its client id; `suspended` is the reason for which it is shut, "" while it is not.

    Its history says who registered and suspended it.
    """

    client_id: str
    registration: Registration
    suspended: str
    history: tuple[str, ...]

    def open(self, on: date) -> bool:
        """Whether workers may act through it on that day."""
        told = self.registration
        in_its_days = calendar.within(on, told.since, told.until)
        return in_its_days and not self.suspended


@dataclass(frozen=True)
class Contact:
    """A person as a channel knows him: the channel's own user id, and since when we know it.

    Nothing else of him: a channel finds its user by its own id.
    """

    client_id: str
    user_id: str
    since: str


def registered(
    client_id: str, known: Channel | None, registration: Registration, command: Command
) -> Channel:
    """The channel with this registration; one that was suspended is open again.

    Raises Conflict `history_full` at the history's limit.
    """
    facts = asdict(registration) | {
        "since": registration.since.isoformat(),
        "until": registration.until and registration.until.isoformat(),
    }
    told = _event(known.history if known else (), ChannelVerb.REGISTER, "OPEN", command, facts)
    return Channel(client_id, registration, "", told)


def suspended(known: Channel, reason: str, command: Command) -> Channel:
    """The channel, shut for this reason; Conflict `history_full` at the history's limit."""
    facts = {"reason": reason}
    told = _event(known.history, ChannelVerb.SUSPEND, "SUSPENDED", command, facts)
    return replace(known, suspended=reason, history=told)


def _event(
    told: tuple[str, ...], verb: ChannelVerb, to: str, command: Command, facts: Mapping[str, Any]
) -> tuple[str, ...]:
    if len(told) >= history.LIMIT:
        raise Conflict("history_full", facts={"limit": history.LIMIT})
    return history.append(told, verb, to, command, facts)

"""An item's history as events that every invariant can rely on."""

from collections.abc import Sequence

from chalicelib.rules import calendar, history
from chalicelib.rules.history import Event


def told(entries: Sequence[str]) -> tuple[Event, ...]:
    """The events; ValueError or TypeError where one has no instant or no facts."""
    events = history.events(entries)
    for event in events:
        calendar.instant(event.at)
        if not isinstance(event.set, dict):
            raise ValueError("an event without facts")
    return events

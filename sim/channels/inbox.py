"""The inbox of every app's users: each notice once, whatever the queue repeats.

Here: taking notices from the queue and counting them. Not here: showing them to anybody.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sim.channels.schemas import Schemas, UnknownMessageError
from sim.desk.hearing import hear


@dataclass
class Inbox:
    """What the apps took: counts by app and kind; each notice by id, so that a repeat is known."""

    sqs: Any
    queue_url: str
    schemas: Schemas
    shown: Counter[tuple[str, str]] = field(default_factory=Counter)
    seen: dict[str, str] = field(default_factory=dict)
    repeated: int = 0
    faulty: list[str] = field(default_factory=list)

    def take_all(self) -> int:
        """Take what waits in the queue; how many messages it was."""
        taken = 0
        while messages := len(hear(self.sqs, self.queue_url, self.take)):
            taken += messages
        return taken

    def take(self, body: str) -> None:
        """Show one notice, unless it is no notice or was shown before."""
        try:
            event = json.loads(body)
            faults = self.schemas.faults(event)
        except (ValueError, UnknownMessageError, AttributeError) as fault:
            self.faulty.append(type(fault).__name__)
            return
        if faults:
            self.faulty.extend(faults)
            return
        known = self.seen.get(event["id"])
        if known is None:
            self.seen[event["id"]] = body
            self.shown[event["subject"], event["data"]["code"]] += 1
        elif known == body:
            self.repeated += 1
        else:
            self.faulty.append("another content under a known id")

    def by_kind(self) -> dict[str, int]:
        """How many notices of each kind were shown, in any app."""
        counts = Counter[str]()
        for (_, code), number in self.shown.items():
            counts[code] += number
        return dict(sorted(counts.items()))

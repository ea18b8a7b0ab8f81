"""What the platform says, worded as CloudEvents.

Here: the wording alone. Not here: when and how often something is said.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sim.national.rules import Word


def acknowledged(name: str, serial: int, now: datetime, event_ids: Sequence[str]) -> str:
    """That it has these events."""
    return _worded(name, Word.ACKNOWLEDGED, serial, now, {"ids": list(event_ids)})


def refused(name: str, serial: int, now: datetime, event_id: str, reason: str) -> str:
    """That it will not take this event, and why."""
    return _worded(name, Word.REFUSED, serial, now, {"id": event_id, "reason": reason})


def account(name: str, serial: int, now: datetime, event_id: str, sealed: str) -> str:
    """Which account is tied to the card of the person whom this event names."""
    return _worded(name, Word.ACCOUNT, serial, now, {"id": event_id, "sealed": sealed})


def _worded(name: str, word: Word, serial: int, now: datetime, data: dict[str, Any]) -> str:
    return json.dumps(
        {
            "specversion": "1.0",
            "id": f"{name}-{serial:08d}-{word}",
            "source": f"urn:national:{name}",
            "type": f"city.voucher.national.{word}.v1",
            "time": now.isoformat(timespec="seconds"),
            "datacontenttype": "application/json",
            "data": data,
        }
    )

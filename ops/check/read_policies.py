"""Items of the policies' versions and of the programmes' timelines, as they tell of themselves.

The attributes' names stand here a second time on purpose, as beside people and money.
"""

import json
from datetime import date
from typing import Any

from chalicelib.policy import digest
from chalicelib.policy.timeline import Approved
from chalicelib.policy.version import VersionState
from chalicelib.store.dump import Item
from ops.check.city import KeptVersion
from ops.check.read_history import told
from ops.check.read_people import whole


def version(item: Item) -> KeptVersion:
    """A version; one published before there were proposals has no events."""
    state = item.get("state")
    return KeptVersion(
        hash=item["id"].removeprefix("policy#"),
        content=digest(json.loads(item["document"])),
        state=VersionState(state) if state else None,
        proposer=item.get("proposer"),
        published_alone="published_by" in item,
        version=whole(item.get("ver", 0)),
        history=tuple(item.get("history", ())),
        events=told(item.get("history", ())),
    )


def timeline(item: Item) -> tuple[str, tuple[Approved, ...]]:
    """A programme's code and its approvals; none where its policy was published before those."""
    kept = json.loads(item["approved"]) if "approved" in item else []
    return item["id"], tuple(map(_approved, kept))


def _approved(one: dict[str, Any]) -> Approved:
    day = date.fromisoformat
    return Approved(day(one["from"]), one["hash"], day(one["proposed_on"]))

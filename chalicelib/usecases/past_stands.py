"""Whether a document leaves the past alone: against the version before it and the one after.

The one before governs on the day the document would take effect; the one after is approved for a
later day, and must hold whatever this document brings until then, or it would take it back.
"""

from datetime import date
from typing import Any

from chalicelib.policy.changes import fault, past_changes
from chalicelib.policy.timeline import Timeline
from chalicelib.store import versions


def check_before(
    document: dict[str, Any], told: Timeline, since: date, proposed_on: date
) -> tuple[str, ...]:
    """What the document would change of the past as the version in force on its day has it."""
    before = told.at(since)
    if before is None:
        return ()
    found = past_changes(versions.document(before.hash), document, since, proposed_on)
    return tuple(map(fault, found))


def check_after(document: dict[str, Any], told: Timeline, since: date) -> tuple[str, ...]:
    """What the version approved for a later day would change of the document's past."""
    later = told.after(since)
    if later is None:
        return ()
    coming = versions.document(later.hash)
    found = past_changes(document, coming, later.effective_from, later.proposed_on)
    return tuple(map(fault, found))

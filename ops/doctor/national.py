"""The national platform: whether it acknowledges what it is told."""

from collections.abc import Iterator
from datetime import timedelta

from ops.doctor.finding import Finding, State
from ops.doctor.numbers import latest_logged
from ops.doctor.patient import Patient
from ops.showing import age

_LONGEST_S = 86_400
_WITHIN = timedelta(minutes=30)
_RUNBOOK = "see docs/runbooks/oldest-untold.md"


def untold(patient: Patient) -> Iterator[Finding]:
    """For how long the oldest event has been unacknowledged, as the schedule Repeat tells it."""
    oldest_s = latest_logged(patient, "OldestUntold", _WITHIN)
    if oldest_s is None:
        found = f"Repeat has told nothing for {_WITHIN.seconds // 60} minutes"
        mend = f"new city? then wait for its first run; else {_RUNBOOK}"
        yield Finding("national", State.UNKNOWN, found, mend)
    elif oldest_s > _LONGEST_S:
        found = f"the oldest event has been unacknowledged for {age(oldest_s)}"
        mend = f"does the platform read NationalQueue and answer? {_RUNBOOK}"
        yield Finding("national", State.FAULT, found, mend)
    elif oldest_s:
        found = f"the oldest unacknowledged event waits {age(oldest_s)}"
        yield Finding("national", State.OK, found)
    else:
        yield Finding("national", State.OK, "every event is acknowledged or refused")

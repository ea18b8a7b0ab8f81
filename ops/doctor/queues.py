"""The queues: whether what goes in comes out, and whether anything lies where failures collect."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from infra.queue_names import collects
from ops import dead_letters as letters
from ops.doctor.finding import Finding, State
from ops.doctor.numbers import latest
from ops.doctor.patient import Patient
from ops.showing import age

_LONGEST_S = 900
_WITHIN = timedelta(minutes=15)
_OTHERS = ("BankQueue", "NationalQueue", "ChannelsQueue")
"""Queues that are emptied by somebody outside the city."""


def working(patient: Patient) -> Iterator[Finding]:
    """How many messages wait in each queue; a fault where the oldest waits too long.

    Ages come from CloudWatch; where it tells none, the depth alone is told.
    """
    sqs = patient.client("sqs")
    behind = False
    waiting = 0
    for name, url in sorted(patient.outputs.items()):
        if not name.endswith("Queue") or collects(name):
            continue
        depth, oldest_s = letters.depth(sqs, url), _oldest_s(patient, url)
        waiting += depth
        if oldest_s is not None and oldest_s > _LONGEST_S:
            behind = True
            mend = "does the other side fetch?" if name in _OTHERS else "look at its consumer's log"
            found = f"{name}: {depth} wait, the oldest for {age(oldest_s)}"
            yield Finding("queues", State.FAULT, found, mend)
    if not behind:
        yield Finding("queues", State.OK, f"{waiting} messages wait, none too long")


def dead_letters(patient: Patient) -> Iterator[Finding]:
    """Which queues hold messages that could not be worked off."""
    sqs, now = patient.client("sqs"), datetime.now(UTC)
    found = False
    for name, url in letters.collecting(patient.outputs).items():
        if depth := letters.depth(sqs, url):
            found = True
            oldest = age(letters.oldest_s(letters.look(sqs, url, 10), now))
            yield Finding(
                "dead letters",
                State.FAULT,
                f"{name}: {depth}, the oldest {oldest} old",
                f"voucherctl dlq show {name}; mend the cause; voucherctl dlq redrive {name}",
            )
    if not found:
        yield Finding("dead letters", State.OK, "none")


def _oldest_s(patient: Patient, url: str) -> int | None:
    queue = {"QueueName": url.rsplit("/", 1)[-1]}
    return latest(patient, "AWS/SQS", "ApproximateAgeOfOldestMessage", queue, _WITHIN)

"""The programmes' timelines: one item each, under the programme's code, in the programmes' table.

The one of a programme whose policy was published before there were proposals holds a single hash.
"""

import time
from collections.abc import Iterator
from datetime import date, datetime

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib import settings
from chalicelib.policy.timeline import Approved, Timeline
from chalicelib.rules import calendar

from .table import Table

_TIMELINE = "current"
_KEPT_S = 60
"""A version approved now governs every function within this time."""


class _Timeline(Table):
    class Meta:
        table_name = settings.load().programmes_table

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    approved = JSONAttribute(null=True)
    ver = NumberAttribute(null=True)
    hash = UnicodeAttribute(null=True)
    published_at = UnicodeAttribute(null=True)


def load(programme: str) -> Timeline:
    """A programme's approved versions; none where it has none."""
    try:
        return _read(_Timeline.get(programme, _TIMELINE, consistent_read=True))
    except _Timeline.DoesNotExist:
        return Timeline()


_known: dict[str, tuple[float, Timeline]] = {}


def lately(programme: str) -> Timeline:
    """The same as it stood within the last minute; that there was none is not remembered."""
    seen_at, known = _known.get(programme, (0.0, Timeline()))
    if not known.approved or time.monotonic() - seen_at > _KEPT_S:
        known = load(programme)
        _known[programme] = (time.monotonic(), known)
    return known


def every() -> Iterator[tuple[str, Timeline]]:
    """Every programme's code and timeline."""
    for item in _Timeline.scan(_Timeline.part == _TIMELINE):
        yield item.id, _read(item)


def extend_within(
    transaction: TransactWrite, programme: str, before: Timeline, after: Timeline
) -> None:
    """A programme's timeline with one more approval, if it is still as it was read."""
    transaction.update(
        _Timeline(id=programme, part=_TIMELINE),
        [_Timeline.approved.set(_written(after)), _Timeline.ver.set(len(after.approved))],
        condition=_as_read(len(before.approved)),
    )
    _known.pop(programme, None)


def _as_read(approvals: int) -> Condition:
    """The timeline with so many approvals; what was published before had one and no number."""
    if approvals == 0:
        return _Timeline.part.does_not_exist()
    as_numbered = _Timeline.ver == approvals
    return as_numbered | _Timeline.ver.does_not_exist() if approvals == 1 else as_numbered


def _read(item: _Timeline) -> Timeline:
    if item.approved is None:
        on = calendar.civil_date(datetime.fromisoformat(str(item.published_at)))
        return Timeline((Approved(on, str(item.hash), on),))
    days = date.fromisoformat
    return Timeline(
        tuple(
            Approved(days(one["from"]), one["hash"], days(one["proposed_on"]))
            for one in item.approved
        )
    )


def _written(told: Timeline) -> list[dict[str, str]]:
    return [
        {
            "from": one.effective_from.isoformat(),
            "hash": one.hash,
            "proposed_on": one.proposed_on.isoformat(),
        }
        for one in told.approved
    ]

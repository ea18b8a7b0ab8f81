"""Units of the gates to payment."""

from typing import Any

from chalicelib.policy.words import Words
from chalicelib.rules.gates import Employment, LeastAttendance, Notice
from chalicelib.rules.situation import Event
from chalicelib.rules.workdays import DayUnit, Span

from .scalars import EVENTS, Faults, is_whole

_BEFORE = tuple(sorted(EVENTS - {Event.SETTLEMENT}))
"""What employment can follow: whatever lies before the settlement that asks for it."""
_SPANS = ("class", "month")


def _attendance(value: Any, words: Words) -> Faults:
    if not isinstance(value, dict) or value.keys() != {"percent", "late_per_absence", "by"}:
        yield "needs percent, late_per_absence and by"
        return
    if not is_whole(value["percent"]) or value["percent"] > 100:
        yield f"percent: is {value['percent']!r}; needs a whole percentage from 0 to 100"
    if not is_whole(value["late_per_absence"]):
        yield f"late_per_absence: is {value['late_per_absence']!r}; needs a whole number, 0 or more"
    if value["by"] not in _SPANS:
        yield f"by: is {value['by']!r}; needs one of {', '.join(_SPANS)}"


def _months_after(value: Any, words: Words) -> Faults:
    if not isinstance(value, dict) or value.keys() != {"months", "after"}:
        yield "needs months and after"
        return
    if not is_whole(value["months"]):
        yield f"months: is {value['months']!r}; needs a whole number, 0 or more"
    if value["after"] not in _BEFORE:
        yield f"after: is {value['after']!r}; needs one of {', '.join(_BEFORE)}"


def _notice(value: Any, words: Words) -> Faults:
    if not is_whole(value):
        yield f"is {value!r}; needs a whole number of working days"


def _notice_of(value: Any, words: Words) -> Notice:
    return Notice(Span(value, DayUnit.WORKING), words.announced)


UNITS: dict[str, tuple[Any, Any]] = {
    "attendance": (_attendance, lambda value, words: LeastAttendance(**value)),
    "months-after": (
        _months_after,
        lambda value, words: Employment(value["months"], Event(value["after"])),
    ),
    "working-days-of-notice": (_notice, _notice_of),
}

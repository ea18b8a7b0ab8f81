"""Read changes: what the vouchers' stream hands over, as vouchers and the events they gained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.observability import Log, logger
from chalicelib.rules.change import Change
from chalicelib.store import vouchers

Image = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Told:
    """One record of the stream: its number there, the item before and after the write."""

    sequence: str
    before: Image | None
    after: Image | None


def read_changes(records: Sequence[Told]) -> tuple[list[Change], list[str]]:
    """The changes that brought events, and the numbers of the records nobody can read.

    Unreadable ones are left out, so that they hold up nobody else; the edge hands them back.
    """
    changes: list[Change] = []
    unreadable: list[str] = []
    for record in records:
        if record.after is None:
            continue
        try:
            change = _change(record.before, record.after)
        except (KeyError, ValueError, TypeError, AttributeError) as fault:
            extra = {"log": Log.UNREADABLE, "record": record.sequence}
            logger.error("unreadable", extra=extra | {"error": type(fault).__name__})
            unreadable.append(record.sequence)
        else:
            if change.events:
                changes.append(change)
    return changes, unreadable


def _change(before: Image | None, after: Image) -> Change:
    known = vouchers.of_image(before).version if before else 0
    return Change(vouchers.of_image(after), known)

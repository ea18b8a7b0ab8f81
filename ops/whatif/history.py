"""What was approved in the past, voucher by voucher: from a city's table or from a file.

A file has one JSON document a line, as `voucherctl policy dump` writes it: who wants to try a
draft twice reads the city once. Both ways hold one voucher at a time.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from chalicelib.rules import calendar, history, plain
from chalicelib.rules.settlement import ProposalState
from chalicelib.rules.situation import Situation
from chalicelib.store import dump
from ops.failures import StepFailedError

_APPROVED = frozenset({ProposalState.APPROVED, ProposalState.SETTLED})
_PROPOSAL = "s-"


@dataclass(frozen=True)
class Settled:
    """A voucher whose amount was approved: on the day `on` it came to so many fen.

    `inputs` is None where it was computed before inputs were kept; `person_id` is "" then too.
    """

    voucher_id: str
    programme: str
    district: str
    amount_fen: int
    policy: str
    on: date
    person_id: str = ""
    inputs: Situation | None = None


@dataclass(frozen=True)
class Span:
    """Days from and to, both counted; None: open."""

    since: date | None = None
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the day lies in it."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


def of_table(client: Any, table_name: str, span: Span) -> Iterator[Settled]:
    """The approved entries in a city's table of payments.

    Raises StepFailedError where an item cannot be read, else the client's own errors.
    """
    for item in dump.items(client, table_name, _PROPOSAL):
        try:
            entries = _entries(item) if item["state"] in _APPROVED else []
        except (KeyError, TypeError, ValueError) as fault:
            # Only the kind of fault: the text of some repeats what stands in the item.
            raise StepFailedError(
                f"reading proposal {item['id']}",
                f"it cannot be read ({type(fault).__name__})",
                "are the city and this checkout of the same version? see voucherctl check",
            ) from fault
        yield from _within(entries, span)


def of_file(path: Path, span: Span) -> Iterator[Settled]:
    """The vouchers in a file. Raises StepFailedError where a line is none."""
    with path.open(encoding="utf-8") as lines:
        yield from _within(_read(path, lines), span)


def written(settled: Settled) -> str:
    """A voucher as a line of a file."""
    return json.dumps(plain.plain(settled), ensure_ascii=False, separators=(",", ":")) + "\n"


def _within(found: Iterable[Settled], span: Span) -> Iterator[Settled]:
    return (settled for settled in found if span.holds(settled.on))


def _read(path: Path, lines: Iterable[str]) -> Iterator[Settled]:
    for number, line in enumerate(lines, 1):
        try:
            settled: Settled = plain.typed(Settled, json.loads(line))
        except ValueError as fault:
            raise StepFailedError(
                f"reading {path}, line {number}",
                str(fault),
                "make the file anew: voucherctl policy dump FILE",
            ) from fault
        yield settled


def _entries(item: dump.Item) -> list[Settled]:
    drafted_on = calendar.civil_date(calendar.instant(history.read(item["history"][0]).at))
    approved = json.loads(item["entries"])[: item["approved_entries"]]
    return [_settled(entry, item, drafted_on) for entry in approved]


def _settled(entry: Mapping[str, Any], item: dump.Item, drafted_on: date) -> Settled:
    inputs = entry.get("inputs")
    return Settled(
        voucher_id=entry["voucher_id"],
        programme=item["programme"],
        district=item["district"],
        amount_fen=entry["amount_fen"],
        policy=entry["policy"],
        on=date.fromisoformat(entry["on"]) if entry.get("on") else drafted_on,
        person_id=entry.get("person_id", ""),
        inputs=plain.typed(Situation, inputs) if inputs else None,
    )

"""The figures as the API tells them, a table of them, and their sum.

Here: asking page by page, and which column holds what. Not here: printing, or any counting.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from ops.api import Api
from ops.failures import must

COUNTS = ("issued", "claimed", "verified", "used", "settled", "expired")
MONEY = ("approved_fen", "paid_fen", "returned_fen")
COLUMNS = ("period", "by", "programme", "value", *COUNTS, "aimed_issued", "aimed_used", "fund")
"""What an export says of each value, before its money."""

Cells = tuple[str | int | None, ...]


@dataclass(frozen=True)
class Figures:
    """All pages of one question, as one answer."""

    scope: str
    by: str
    period: str
    rows: Sequence[Mapping[str, Any]]

    def total(self) -> dict[str, int]:
        """Vouchers over all rows."""
        return {name: sum(row[name] for row in self.rows) for name in COUNTS}

    def funds(self) -> list[tuple[str, dict[str, int]]]:
        """Money over all rows, by fund."""
        money = [line for row in self.rows for line in row["money"]]
        return [
            (fund, {name: sum(m[name] for m in money if m["fund"] == fund) for name in MONEY})
            for fund in sorted({line["fund"] for line in money})
        ]

    def document(self) -> dict[str, Any]:
        """Everything as plain values."""
        whole = {"scope": self.scope, "by": self.by, "period": self.period}
        return {**whole, "figures": list(self.rows), "total": self.total()}

    def table(self) -> Iterator[Cells]:
        """The rows of an export: a value's counts once, its money in a row per fund."""
        for row in self.rows:
            aimed = row.get("target", {})
            counts = [*(row[name] for name in COUNTS), aimed.get("issued"), aimed.get("used")]
            for line in row["money"] or [{}]:
                money = [line.get("fund"), *(line.get(name) for name in MONEY)]
                yield (self.period, self.by, row["programme"], row["value"], *counts, *money)
                counts = [None] * len(counts)


def ask(api: Api, token: str | None, **query: str | None) -> Figures:
    """The figures of a question, all its pages. Raises StepFailedError, UnreachableError."""
    given = {name: value for name, value in query.items() if value is not None}
    rows: list[Mapping[str, Any]] = []
    while True:
        page = must(api.get(f"/figures?{urlencode(given)}", token), 200).json
        rows += page["figures"]
        if "next_cursor" not in page:
            return Figures(page["scope"], page["by"], page["period"], rows)
        given["cursor"] = page["next_cursor"]

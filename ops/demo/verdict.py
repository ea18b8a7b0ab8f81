"""What the run came to: counts against the expected ones, money, breaches.

Here: the comparison and its closing tables. Not here: counting; the checker counts the
tables' dump, and the expected numbers come with the sample city.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ops.demo.screen import Screen
from ops.figures import Figures

FUNNEL = (
    *("issued", "refused_rows", "claimed", "verified", "enrolled", "checked_in", "abnormal"),
    *("assessed", "approved", "paid", "returned", "written_off", "expired", "paid_fen"),
)
"""The counts in the order in which vouchers pass them."""


@dataclass(frozen=True)
class Verdict:
    """Counts found and expected under the same names; breaches as the checker words them."""

    counts: Mapping[str, int]
    expected: Mapping[str, int]
    breaches: tuple[str, ...]

    @property
    def differing(self) -> tuple[str, ...]:
        """The names whose count is not the expected one."""
        names = self.expected.keys() | self.counts.keys()
        return tuple(
            sorted(name for name in names if self.counts.get(name) != self.expected.get(name))
        )

    @property
    def passed(self) -> bool:
        """Every count is equal and nothing is broken."""
        return not self.differing and not self.breaches


def read_expected(samples: Path) -> dict[str, int]:
    """The counts that the city generator expects of its city."""
    expected: dict[str, int] = json.loads((samples / "expected.json").read_text(encoding="utf-8"))
    return expected


def write_result(path: Path, verdict: Verdict, seconds: float) -> None:
    """Write the run's result: the counts, the number of breaches, the seconds it took."""
    counts = {name: verdict.counts[name] for name in FUNNEL if name in verdict.counts}
    result = {**counts, "breaches": len(verdict.breaches), "seconds": round(seconds, 1)}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def show_funnel(screen: Screen, verdict: Verdict) -> None:
    """The funnel, each count beside the expected one."""
    rows = [
        (name, found, expected, "=" if found == expected else "≠")
        for name in FUNNEL
        for found, expected in ((verdict.counts.get(name), verdict.expected.get(name)),)
    ]
    screen.table("funnel", ("", "found", "expected", ""), rows)


def show_figures(screen: Screen, figures: Figures) -> None:
    """What the stream counted, by programme, against the targets."""
    rows = []
    for row in figures.rows:
        aimed = row.get("target", {})
        share = f"{row['used'] / row['issued']:.1%}" if row["issued"] else "–"
        issued, used = (f"{row[name]} of {aimed.get(name, '–')}" for name in ("issued", "used"))
        rows.append((row["programme"], issued, used, share))
    screen.table("figures against targets", ("", "issued", "used", "used of issued"), rows)


def show_money(screen: Screen, budgets: list[dict[str, Any]]) -> None:
    """The funds as the city tells them, in yuan."""
    columns = ("granted", "available", "reserved", "paid", "recovered")
    rows = [
        (
            f"{budget['fund']} {budget['year']}",
            *(f"{budget[f'{column}_fen'] / 100:,.2f}" for column in columns),
        )
        for budget in budgets
    ]
    screen.table("money (yuan)", ("fund", *columns), rows)


def show_explanation(screen: Screen, chinese: dict[str, Any], english: dict[str, Any]) -> None:
    """Why one payment is what it is: each step in both languages, and by which rulings."""
    steps = zip(*(_steps_of(told) for told in (chinese, english)), strict=True)
    rows = [
        (in_chinese["text"].split("；")[0], in_english["text"].split(";")[0], in_english["since"])
        for in_chinese, in_english in steps
    ]
    screen.table("why one payment is what it is", (chinese["name"], english["name"], "since"), rows)
    amount = english["amount"]
    screen.tell(
        f"decided on {amount['on']} by version {amount['policy'][:8]} · {amount['rule']['name']} "
        f"{amount['rule']['section']} · computed again from its inputs: the same bytes"
    )


def _steps_of(told: dict[str, Any]) -> list[dict[str, Any]]:
    judged = told.get("eligibility", {}).get("steps", [])
    return [*judged, *told["amount"]["steps"]]


def show_verdict(screen: Screen, verdict: Verdict, seconds: float) -> None:
    """The checker's verdict and, when it is not clean, everything it found."""
    for breach in verdict.breaches:
        screen.tell(f"breach: {breach}")
    for name in verdict.differing:
        found, expected = verdict.counts.get(name), verdict.expected.get(name)
        screen.tell(f"differs: {name} is {found}, expected {expected}")
    word = "all counts as expected" if not verdict.differing else "counts differ"
    screen.scene(f"{word} · {len(verdict.breaches)} breaches · {seconds:.0f} s")

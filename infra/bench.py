"""`make bench`: measures, writes build/bench.json and the table of docs/performance.md.

What is measured, and how, stands in cold_start.py.
"""

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from infra import by_hand, cold_start, package, passing_city, paths
from infra.cold_start import ColdStart

_PAGE: Final = paths.ROOT / "docs" / "performance.md"
_BETWEEN: Final = re.compile(r"(<!-- cold starts -->\n).*?(<!-- end -->\n)", re.DOTALL)
_EMPTY_PAGE: Final = "# Performance\n\n## Cold starts\n\n<!-- cold starts -->\n<!-- end -->\n"
# CPU against the bare client; the authorizer is reported without a goal.
_GOALS: Final = {"APIHandler": "1.60", "Authorize": "", cold_start.BARE: ""}
_GOAL: Final = "1.35"


def bench() -> list[ColdStart]:
    """Measure the checkout's package on a city of its own."""
    with TemporaryDirectory(prefix="bench-", dir=paths.BUILD) as name:
        folder = Path(name)
        made = package.package("local", folder / "made")
        unpacked = by_hand.unpack(made, folder)
        with passing_city.standing(made) as city:
            return cold_start.measure(city, unpacked, folder)


def table(measured: list[ColdStart]) -> str:
    """The measurements as a table in Markdown."""
    lines = ["| function | CPU ms | ratio | goal | dearest imports, ms |", "|---|--:|--:|--:|---|"]
    for start in measured:
        goal = _GOALS.get(start.function, _GOAL)
        dearest = ", ".join(f"{name} {cost_ms}" for name, cost_ms in start.imports_ms.items())
        lines.append(
            f"| {start.function} | {start.cpu_ms:.0f} | {start.ratio:.2f} | {goal} | {dearest} |"
        )
    return "\n".join(lines) + "\n"


def main() -> int:
    """`python -m infra.bench`."""
    paths.BUILD.mkdir(exist_ok=True)
    measured = bench()
    shown = table(measured)
    encoded = msgspec.json.format(msgspec.json.encode({"cold_starts": measured}))
    (paths.BUILD / "bench.json").write_bytes(encoded + b"\n")
    page = _PAGE.read_text() if _PAGE.exists() else _EMPTY_PAGE
    _PAGE.parent.mkdir(exist_ok=True)
    _PAGE.write_text(_BETWEEN.sub(lambda found: found[1] + shown + found[2], page))
    print(shown)
    return 0


if __name__ == "__main__":
    sys.exit(main())

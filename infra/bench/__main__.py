"""`python -m infra.bench [PART …]`: measures, writes build/bench.json and docs/performance.md.

Each part runs in a process of its own, so that none pays for what another has loaded.
"""

import re
import subprocess
import sys
from importlib import import_module
from typing import Any, Final

import msgspec

from infra import paths

PARTS: Final = ("units", "requests", "bulk", "policy", "cold_starts", "register")
"""What is measured unless parts are named; each is a module beside this one."""

_PAGE: Final = paths.ROOT / "docs" / "performance.md"
_FIGURES: Final = paths.BUILD / "bench.json"


def measure(part: str) -> None:
    """Measure one part and put its figures in their places; the others' stay as they are."""
    print(f"{part} …", file=sys.stderr, flush=True)
    import_module("tests.in_process")  # sets the environment, which the city reads as it loads
    module = import_module(f"infra.bench.{part}")
    measured = module.measure()
    shown = module.table(measured)
    _keep(part, measured)
    _show(part, shown)
    print(shown)


def _keep(part: str, measured: object) -> None:
    paths.BUILD.mkdir(exist_ok=True)
    figures: dict[str, Any] = {}
    if _FIGURES.exists():
        figures = msgspec.json.decode(_FIGURES.read_bytes(), type=dict[str, Any])
    encoded = msgspec.json.encode(figures | {part: measured})
    _FIGURES.write_bytes(msgspec.json.format(encoded) + b"\n")


def _show(part: str, shown: str) -> None:
    place = re.compile(rf"(<!-- {part} -->\n).*?(<!-- end -->\n)", re.DOTALL)
    page, found = place.subn(lambda marks: marks[1] + shown + marks[2], _PAGE.read_text())
    if not found:
        raise ValueError(f"{_PAGE} has no place for {part}: <!-- {part} --> … <!-- end -->")
    _PAGE.write_text(page)


def main(asked: list[str]) -> int:
    """The parts asked for, or all of them."""
    if unknown := sorted(set(asked) - set(PARTS)):
        known = ", ".join(PARTS)
        print(f"no such part: {', '.join(unknown)}; there are {known}", file=sys.stderr)
        return 2
    if len(asked) == 1:
        measure(asked[0])
        return 0
    for part in asked or PARTS:
        done = subprocess.run([sys.executable, "-m", "infra.bench", part], check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

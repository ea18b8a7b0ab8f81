"""Where things lie in the checkout. Nothing else may live here."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
BUILD: Final = ROOT / "build"
CLOUD_VENV: Final = ROOT / ".venv-cloud"
# `make up` keeps its city here; the runs of demo and tests stand each in a folder under RUNS.
CITY: Final = ROOT / ".city"
RUNS: Final = BUILD / "runs"

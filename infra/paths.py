"""Where things lie in the checkout. Nothing else may live here."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
BUILD: Final = ROOT / "build"
CLOUD_VENV: Final = ROOT / ".venv-cloud"
# `make up` keeps its city in CITY; each run of the tests or the demo has a folder under these.
CITY: Final = ROOT / ".city"
RUNS: Final = BUILD / "runs"
DEMO: Final = BUILD / "demo-city"

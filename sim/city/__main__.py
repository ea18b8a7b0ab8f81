"""`python -m sim.city`: write the sample city of a seed into a folder."""

import argparse
from pathlib import Path

from sim.city.samples import write_city
from sim.city.sizes import SMALLEST_CITY


def main() -> None:
    """Read the command line and write the files."""
    command = argparse.ArgumentParser(prog="python -m sim.city", description=__doc__)
    command.add_argument("--seed", type=int, default=2026)
    command.add_argument("--workers", type=int, default=5000)
    command.add_argument("--out", type=Path, default=Path("samples"))
    asked = command.parse_args()
    if asked.workers < SMALLEST_CITY:
        command.error(f"--workers must be at least {SMALLEST_CITY}")
    write_city(asked.out, asked.seed, asked.workers)


if __name__ == "__main__":
    main()

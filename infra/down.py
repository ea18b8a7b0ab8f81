"""`make down`: end the city that `make up` keeps, and what killed runs left behind."""

import sys

from infra import background, kept_city, paths, runs


def main() -> int:
    """`python -m infra.down`: the data stay, also where nothing ran."""
    try:
        stood = kept_city.take_down(paths.CITY)
        swept = runs.sweep(paths.RUNS) + runs.sweep(paths.DEMO)
    except background.StubbornError as failure:
        print(f"The city does not end: {failure}", file=sys.stderr)
        return 1
    print("The city is down; its data are kept in .city." if stood else "No city stood.")
    if swept:
        print(f"Removed what {swept} killed run(s) had left.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

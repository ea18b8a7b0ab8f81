"""The sample city as files: what offices hand in, the story's script and what must come of it."""

from pathlib import Path

from sim.city.city import build_city
from sim.city.expectations import expected, summary
from sim.city.files import json_bytes
from sim.city.office_files import office_files
from sim.city.story import story


def make_city(seed: int = 2026, workers: int = 5000) -> dict[str, bytes]:
    """Return every sample file by name; ValueError for fewer workers than a story needs."""
    city = build_city(seed, workers)
    return office_files(city) | {
        "story.json": json_bytes(story(city)),
        "expected.json": json_bytes(expected(city)),
        "summary.json": json_bytes(summary(city), depth=2),
    }


def write_city(folder: Path, seed: int, workers: int) -> None:
    """Write the sample files into a folder, replacing those of another city."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in make_city(seed, workers).items():
        (folder / name).write_bytes(content)

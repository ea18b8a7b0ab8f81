"""A city's files as a stranger reads them; each city is made once a session."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sim.city import make_city

LARGE = 5000
SMALL = 200


@dataclass(frozen=True)
class Samples:
    """The files of one city, by name."""

    files: dict[str, bytes]

    def read_json(self, name: str) -> Any:
        """A JSON file's value."""
        return json.loads(self.files[name])

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of an office's UTF-8 file by heading."""
        return list(csv.DictReader(io.StringIO(self.files[name].decode("utf-8-sig"))))

    def roster_lines(self) -> list[list[str]]:
        """The roster line by line, each split by itself."""
        lines = self.files["roster.csv"].decode("gb18030").removesuffix("\r\n").split("\r\n")
        return [next(csv.reader([line])) for line in lines]

    def table(self, name: str) -> Iterator[dict[str, Any]]:
        """The rows of one of the story's tables by column."""
        found = self.read_json("story.json")[name]
        return (dict(zip(found["columns"], row, strict=True)) for row in found["rows"])


@cache
def samples_of(seed: int, workers: int) -> Samples:
    """The city of a seed, made once."""
    return Samples(make_city(seed, workers))

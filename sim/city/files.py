"""Bytes of the sample files: CSV as offices write it and JSON that diffs line by line."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

Json = Any
BYTE_ORDER_MARK = "\ufeff"


def csv_text(heading: Sequence[str], rows: Iterable[Sequence[str]], newline: str = "\n") -> str:
    """Return a CSV file's text; a field is quoted only where it must be."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=newline)
    writer.writerow(heading)
    writer.writerows(rows)
    return text.getvalue()


def _nested(value: Json, depth: int) -> str:
    """JSON with a line for every entry down to `depth`, and each deeper value on one line."""
    if depth == 0 or not isinstance(value, dict | list) or not value:
        separators = (",", ":")
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=separators)
    if isinstance(value, list):
        return "[\n" + ",\n".join(_nested(each, depth - 1) for each in value) + "\n]"
    entries = (f'"{key}":{_nested(value[key], depth - 1)}' for key in sorted(value))
    return "{\n" + ",\n".join(entries) + "\n}"


def json_bytes(value: Json, depth: int = 3) -> bytes:
    """Return the value as UTF-8 JSON, keys sorted, a line for every entry down to `depth`."""
    return (_nested(value, depth) + "\n").encode()


def table(columns: Sequence[str], rows: Iterable[Sequence[Json]]) -> dict[str, Json]:
    """Return many rows under one heading."""
    return {"columns": list(columns), "rows": [list(row) for row in rows]}

"""A draft of a policy: a copy of a folder, edited."""

from pathlib import Path


def edit(file: Path, old: str, new: str) -> None:
    """The first `old` in the file, which has one, becomes `new`."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))

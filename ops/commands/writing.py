"""Files that a command writes: whether they can be, asked before anything of the city is."""

from pathlib import Path

import typer


def in_a_folder(output: Path | None) -> Path | None:
    """The file as named; BadParameter where the folder it would stand in is not there."""
    if output is not None and not output.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {output.parent}")
    return output

"""The pages of the docs as the tests read them: commands, links, headings, tables."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").rglob("*.md"))]

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Command:
    """A command line that a page shows, and the page."""

    page: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page}: {shlex.join(self.words)}"


def name(page: Path) -> str:
    """A page's path in the checkout."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a language."""
    text = page.read_text(encoding="utf-8")
    return [found[2] for found in _FENCED.finditer(text) if found[1] == language]


def commands(page: Path) -> list[Command]:
    """Every command line of the page's console blocks; `a && b` are two."""
    lines = [
        line.split(" #")[0]
        for block in blocks(page, "console")
        for line in block.replace("\\\n", " ").splitlines()
    ]
    parts = [part for line in lines for part in line.removeprefix("$ ").split("&&")]
    return [Command(name(page), tuple(shlex.split(part))) for part in parts if part.strip()]


def without_blocks(page: Path) -> str:
    """The page's text outside its fenced blocks."""
    return _FENCED.sub("", page.read_text(encoding="utf-8"))

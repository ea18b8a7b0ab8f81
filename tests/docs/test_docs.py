"""The docs say what the code says, lead somewhere, and both READMEs say the same."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from ops import diagram, manual
from ops.voucherctl import app
from tests.docs.pages import PAGES, ROOT, blocks, commands, name, without_blocks

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
INLINE = re.compile(r"`(?:\.venv/bin/)?voucherctl ([a-z][^`]*)`")
MAKE = re.compile(r"`make ([a-z-]+)")
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")


def test_the_diagram_of_moves_is_drawn_from_the_tables_of_today() -> None:
    assert (ROOT / diagram.TARGET).read_text(encoding="utf-8") == diagram.page()


def test_the_manual_of_voucherctl_is_made_from_the_commands_of_today() -> None:
    kept = (ROOT / manual.TARGET).read_text(encoding="utf-8")
    assert kept == manual.page(), "write it anew: python -m ops.manual"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_to_something(page: Path) -> None:
    for target in LINK.findall(without_blocks(page)):
        assert "://" in target or (page.parent / target).exists(), target


def _walked(words: list[str]) -> bool:
    """Whether these words lead to a command of voucherctl or to a group of them."""
    place: Any = typer.main.get_command(app)
    for word in words:
        if not hasattr(place, "commands"):
            return True  # an argument follows
        if word not in place.commands:
            return False
        place = place.commands[word]
    return True


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_that_a_sentence_names_exists(page: Path) -> None:
    text = without_blocks(page)
    for called in INLINE.findall(text):
        words = [word for word in called.split() if re.fullmatch(r"[a-z][a-z-]*", word)]
        assert _walked(words), called
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in MAKE.findall(text):
        assert re.search(rf"^{target}:", targets, re.MULTILINE), target


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_make_target_that_is_shown_exists(page: Path) -> None:
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in commands(page):
        if command.words[0] == "make":
            named = [word for word in command.words[1:] if "=" not in word]
            assert named, command
            for target in named:
                assert re.search(rf"^{target}:", targets, re.MULTILINE), command


def _shape(page: Path) -> Iterator[tuple[str, object]]:
    """What must be alike in both languages: levels of headings, tables, links, code."""
    text = without_blocks(page)
    yield "headings", [len(level) for level in re.findall(r"^(#+) ", text, re.MULTILINE)]
    rows = [line for line in text.splitlines() if line.startswith("|")]
    yield "tables", [line.count("|") for line in rows]
    yield "names in tables", [re.findall(r"`[^`]+`", row.split("|")[1]) for row in rows]
    yield "links", [target for target in LINK.findall(text) if not target.startswith("README")]
    yield "commands", [command.words for command in commands(page)]
    yield "output", blocks(page, "text")
    yield "pictures", [re.sub(r"\[[^\]]*\]|\|[^|]*\|", "", b) for b in blocks(page, "mermaid")]


def test_both_readmes_say_the_same() -> None:
    english, chinese = (dict(_shape(page)) for page in READMES)
    assert english == chinese


def test_each_readme_is_in_its_language_and_leads_to_the_other() -> None:
    english, chinese = (page.read_text(encoding="utf-8") for page in READMES)
    assert "(README.zh-CN.md)" in english
    assert "(README.md)" in chinese
    assert len(re.findall("[\u4e00-\u9fff]", chinese)) > 500

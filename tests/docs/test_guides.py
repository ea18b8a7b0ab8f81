"""The guides for people: one page each, and what they quote from the screen is what it says."""

import re
from pathlib import Path

import pytest

from chalicelib.api import texts

DOCS = Path(__file__).parent.parent.parent / "docs"
GUIDES = {
    name: (DOCS / name).read_text(encoding="utf-8") for name in ("guide-worker.md", "guide-desk.md")
}
QUOTED = [
    (name, said)
    for name, guide in GUIDES.items()
    for said in re.findall(r"^\| “([^”]+)” \|", guide, re.MULTILINE)
]
SCREEN = texts.catalogue("zh-CN")
ON_SCREEN = {*SCREEN.steps.values(), *(problem["title"] for problem in SCREEN.problems.values())}


@pytest.mark.parametrize(("name", "said"), QUOTED)
def test_a_guide_quotes_the_screen_word_for_word(name: str, said: str) -> None:
    assert said in ON_SCREEN


def test_the_search_for_quotes_finds_them() -> None:
    assert {name for name, _ in QUOTED} == set(GUIDES)
    assert len(QUOTED) > 15


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_fits_one_page(name: str) -> None:
    assert len(GUIDES[name].splitlines()) <= 60
    assert len(GUIDES[name]) <= 1800

"""The docs say what the code says."""

from pathlib import Path

from ops import diagram

ROOT = Path(__file__).parent.parent.parent


def test_the_diagram_of_moves_is_drawn_from_the_tables_of_today() -> None:
    assert (ROOT / diagram.TARGET).read_text(encoding="utf-8") == diagram.page()

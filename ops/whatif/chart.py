"""A replay's money by district as an SVG: two bars each, before and under the draft."""

from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from .report import Row
from .texts import Texts
from .wording import yuan

_LABELS, _BARS, _SUMS, _ROW, _BAR, _TOP = 170, 520, 150, 40, 13, 76
_BEFORE, _AFTER = "#8a94a6", "#1f6feb"
_FONT = "font-family='sans-serif' font-size='13'"


def svg(title: str, rows: Sequence[Row], named: Callable[[str], str], texts: Texts) -> str:
    """The chart's file: a title, what the colours mean, and a pair of bars for each row."""
    most_fen = max((max(row.before_fen, row.after_fen) for row in rows), default=0) or 1
    width, height = _LABELS + _BARS + _SUMS, _TOP + _ROW * len(rows) + 16
    drawn = [
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' "
        f"viewBox='0 0 {width} {height}' role='img'>",
        f"<title>{escape(title)}</title>",
        "<rect width='100%' height='100%' fill='white'/>",
        f"<text x='12' y='26' font-family='sans-serif' font-size='16'>{escape(title)}</text>",
        _square(12, _BEFORE) + _text(32, 56, texts.replay["before"]),
        _square(212, _AFTER) + _text(232, 56, texts.replay["after"]),
    ]
    for number, row in enumerate(rows):
        top = _TOP + number * _ROW
        drawn.append(_text(12, top + 18, named(row.name)))
        for offset, fen, colour in ((0, row.before_fen, _BEFORE), (15, row.after_fen, _AFTER)):
            drawn.append(_bar(top + offset, fen, most_fen, colour))
    return "\n".join([*drawn, "</svg>", ""])


def _bar(top: int, fen: int, most_fen: int, colour: str) -> str:
    length = round(_BARS * fen / most_fen)
    bar = f"<rect x='{_LABELS}' y='{top}' width='{length}' height='{_BAR}' fill='{colour}'/>"
    return bar + _text(_LABELS + length + 6, top + 11, yuan(fen))


def _square(x: int, colour: str) -> str:
    return f"<rect x='{x}' y='44' width='14' height='14' fill='{colour}'/>"


def _text(x: int, y: int, words: str) -> str:
    return f"<text x='{x}' y='{y}' {_FONT}>{escape(words)}</text>"

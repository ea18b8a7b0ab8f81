"""Lines that can never count, because one before them means all that they mean."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from chalicelib.rules.condition import Condition

from .units.lines import condition
from .words import words_of

_FIRST_COUNTS = (
    *("eligible", "proactive_groups", "standard", "uplift", "ratio", "mode_factor"),
    *("payee", "fund", "instalments"),
)
"""Parameters of which the first line that holds counts, or any one line is enough."""


def reach_faults(
    parameters: Mapping[str, Any], values: Mapping[str, Any], day: str
) -> Iterator[tuple[str, str]]:
    """Lines that none of the cases can reach which the lines before them leave over."""
    words = words_of(parameters, day)
    for name in _FIRST_COUNTS:
        lines = values.get(name)
        if not isinstance(lines, list):
            continue
        before: list[Condition] = []
        for number, line in enumerate(lines, 1):
            means = condition(line, words)
            covering = (n for n, each in enumerate(before, 1) if _covers(each, means))
            if (wider := next(covering, None)) is not None:
                yield (
                    name,
                    (
                        f"line {number} never counts: line {wider} before it means all that it "
                        f"means; go from the special to the general"
                    ),
                )
            before.append(means)


def _covers(wider: Condition, narrower: Condition) -> bool:
    """Whether everything the narrower condition means, the wider one means too."""
    return all(
        word in narrower.wanted and _implied(word, wanted, narrower.wanted[word])
        for word, wanted in wider.wanted.items()
    )


def _implied(word: str, wider: Any, narrower: Any) -> bool:
    if isinstance(wider, frozenset):
        return bool(narrower <= wider)
    return _COMPARED.get(word, _same)(wider, narrower)


def _same(wider: Any, narrower: Any) -> bool:
    return bool(wider == narrower)


def _at_least(wider: Any, narrower: Any) -> bool:
    return bool(narrower >= wider)


def _at_most(wider: Any, narrower: Any) -> bool:
    return bool(narrower <= wider)


_COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    "age_at_least": _at_least,
    "insured_months_at_least": _at_least,
    "age_at_most": _at_most,
    # Level 1 is the highest: at least level 3 means at least level 4.
    "level_at_least": _at_most,
}
"""How a word compares, where it is neither a list nor the same thing."""

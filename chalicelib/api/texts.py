"""The people's texts: zh-CN and en, by code. No decision, no HTTP.

A catalogue has titles and details of problems, names of rules and provisions, reasons of refused
rows, what gates to payment ask for, and the words that fill a detail.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LANGUAGES = ("zh-CN", "en")
_FOLDER = Path(__file__).parent / "texts"


class _Told(dict[str, str]):
    """Facts in words; one that is absent leaves a gap in the text and does no more harm."""

    def __missing__(self, name: str) -> str:
        return "…"


@dataclass(frozen=True)
class Catalogue:
    """Everything the city says in one language."""

    language: str
    problems: Mapping[str, Mapping[str, str]]
    rules: Mapping[str, str]
    rows: Mapping[str, str]
    words: Mapping[str, str]
    steps: Mapping[str, str]
    conditions: Mapping[str, str]

    def title(self, code: str) -> str:
        """The problem in a few words."""
        return self._problem(code)["title"]

    def detail(self, code: str, facts: Mapping[str, object]) -> str:
        """What happened and what can be done, with the facts in their places."""
        told = _Told({name: self.words.get(str(fact), str(fact)) for name, fact in facts.items()})
        return self._problem(code)["detail"].format_map(told)

    def _problem(self, code: str) -> Mapping[str, str]:
        # A code without a text is a fault that a test finds; it must not hide the answer itself.
        return self.problems.get(code, {"title": code, "detail": code})

    def step(self, code: str) -> str:
        """What a worker does next, in a sentence to him."""
        return self.steps[code]

    def condition(self, name: str, facts: Mapping[str, object]) -> str:
        """What a gate to payment asks for, with its figures."""
        return self.conditions[name].format_map(facts)

    def rule(self, name: str) -> str:
        """The rule's name."""
        return self.rules.get(name, name)

    def reason(self, code: str) -> str:
        """Why a row or a whole file was not taken; an old run may hold a code of former days."""
        return self.rows.get(code) or self.title(code)


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of one of LANGUAGES."""
    content = json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return Catalogue(language, **content)


def preferred(accepted: str) -> str:
    """The language an Accept-Language header asks for: the first choice that the city speaks.

    Anything unreadable, and no wish at all, is answered in zh-CN (RFC 9110, 12.5.4).
    """
    wishes = sorted(
        (_weight(entry), -place, entry.split(";")[0].strip().lower())
        for place, entry in enumerate(accepted.split(",")[:16])
    )
    for weight, _, tag in reversed(wishes):
        if weight > 0 and tag.split("-")[0] in {"zh", "en"}:
            return "en" if tag.startswith("en") else "zh-CN"
    return LANGUAGES[0]


def _weight(entry: str) -> float:
    _, _, parameter = entry.partition(";")
    name, _, value = parameter.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0

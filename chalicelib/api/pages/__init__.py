"""Pages for people: templates and their words, filled with everything escaped. No decision in here.

A template names a value by `$name` and one of the words by `$w_name`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from string import Template

_FOLDER = Path(__file__).parent


class Markup(str):
    """A text that is HTML already, made by a template; anything else is escaped."""

    __slots__ = ()


@dataclass(frozen=True)
class Words:
    """What the pages say in one language."""

    language: str
    words: Mapping[str, str]
    districts: Mapping[str, str]

    def say(self, name: str, **facts: object) -> str:
        """A sentence with the facts in their places."""
        return self.words[name].format(**facts)

    def district(self, code: str | None) -> str:
        """A district's name; its code where it is none of the city's."""
        return self.districts.get(code or "", code or "—")


@cache
def words(language: str) -> Words:
    """The pages' words in one of the city's languages."""
    content = json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return Words(language, content["words"], content["districts"])


def fill(template: str, said: Words, /, **values: object) -> Markup:
    """The template of that name with words and values in their places."""
    told: dict[str, object] = {f"w_{key}": text for key, text in said.words.items()}
    told.update(values, language=said.language)
    safe = {
        key: value if isinstance(value, Markup) else escape(str(value))
        for key, value in told.items()
    }
    return Markup(_template(template).substitute(safe))


@cache
def _template(name: str) -> Template:
    return Template((_FOLDER / f"{name}.html").read_text(encoding="utf-8"))

"""The words of a what-if in zh-CN and en (texts/*.json): all of them are there, none in code."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chalicelib.policy.names import names
from ops.language import Language

_FOLDER = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Texts:
    """Everything that is said in one language."""

    language: Language
    parameters: Mapping[str, str]
    keys: Mapping[str, str]
    words: Mapping[str, str]
    units: Mapping[str, str]
    sentences: Mapping[str, str]
    replay: Mapping[str, str]
    reasons: Mapping[str, str]

    def say(self, sentence: str, **facts: object) -> str:
        """A sentence of a comparison with the facts in their places."""
        return self.sentences[sentence].format(**facts)

    def tell(self, sentence: str, **facts: object) -> str:
        """A sentence of a replay with the facts in their places."""
        return self.replay[sentence].format(**facts)


@cache
def texts(language: Language) -> Texts:
    """The words of a language."""
    told = json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return Texts(language=language, parameters=names(language), **told)

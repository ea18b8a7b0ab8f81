"""The words for why a decision is as it is, by language: every rule, step, gate, condition, code.

They are loaded with the first explanation and not with the API.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chalicelib.policy.names import names

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Words:
    """What explanations say in one language.

    `rules` are the policy's names of parameters, `steps` tells what one did, `conditions` what a
    line asks, `reasons` why something is not yes, `facts` inputs by path, `figures` the figures of
    a step, `answers` single words; `phrases` put them together.
    """

    language: str
    rules: Mapping[str, str]
    steps: Mapping[str, str]
    conditions: Mapping[str, str]
    reasons: Mapping[str, str]
    facts: Mapping[str, str]
    events: Mapping[str, str]
    figures: Mapping[str, str]
    answers: Mapping[str, str]
    phrases: Mapping[str, str]


@cache
def words(language: str) -> Words:
    """The words of one of the city's languages."""
    content = json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return Words(language, names(language), **content)

"""What people call each parameter of a policy (*.json): one name in each language, for everybody.

An explanation, a comparison of two versions and a page of what is ruled speak of the same things.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def names(language: str) -> Mapping[str, str]:
    """Every parameter's name in one of the city's languages."""
    found: Mapping[str, str] = json.loads((_FOLDER / f"{language}.json").read_text("utf-8"))
    return found

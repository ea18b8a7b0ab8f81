"""A whole comparison: what several programmes share and changed alike is told once."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from .sentences import Told, sentences
from .texts import Texts

_Pair = tuple[str, Mapping[str, Any] | None, Mapping[str, Any] | None]


@dataclass(frozen=True)
class Section:
    """What changed of one parameter (or of a programme itself, "") alike in these programmes."""

    programmes: tuple[str, ...]
    parameter: str
    told: tuple[Told, ...]


def sections(pairs: Iterable[_Pair], texts: Texts) -> list[Section]:
    """Every change of every programme, most widely shared first, then by programme, parameter."""
    alike: dict[str, list[str]] = defaultdict(list)
    first: dict[str, Told] = {}
    for programme, before, after in pairs:
        if before is not None and after is not None:
            for one in sentences(before, after, texts):
                key = json.dumps([vars(one.change), one.details], ensure_ascii=False)
                alike[key].append(programme)
                first.setdefault(key, one)
    told = [(tuple(programmes), first[key]) for key, programmes in alike.items()]
    told.sort(key=lambda each: (-len(each[0]), each[0], each[1].change.parameter))
    return [
        Section(programmes, parameter, tuple(one for _, one in found))
        for (programmes, parameter), found in groupby(
            told, key=lambda each: (each[0], each[1].change.parameter)
        )
    ]


def whole(pairs: Iterable[_Pair], texts: Texts) -> dict[str, str]:
    """The programmes that one side has not got at all, each with a sentence."""
    found = {}
    for programme, before, after in pairs:
        if before is None and after is not None:
            found[programme] = texts.say("new_programme", count=len(after["parameters"]))
        elif after is None:
            found[programme] = texts.say("gone_programme")
    return found

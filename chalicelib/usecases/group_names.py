"""The groups of people (人员类别) that files may name, by code and by name in any language."""

from collections.abc import Mapping
from datetime import date

from chalicelib.rules.person import Group
from chalicelib.rules.run import RunKind
from chalicelib.store import programmes

_NAMING = frozenset({RunKind.ROSTER, RunKind.FACTS})


def group_names(kind: RunKind, on: date) -> Mapping[str, Group]:
    """Every group that a policy in force declares on that day, by all that it is called.

    Nothing for a kind of file that names no groups.
    """
    if kind not in _NAMING:
        return {}
    names: dict[str, Group] = {}
    for version in programmes.in_force(on).values():
        for code, called in programmes.by_hash(version).groups(on).items():
            names |= dict.fromkeys((code, *called.values()), Group(code))
    return names

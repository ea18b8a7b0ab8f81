"""The groups of people (人员类别) that files may name, by code and by name in any language."""

from collections.abc import Mapping

from chalicelib.rules.person import Group
from chalicelib.rules.roster_row import GROUPS
from chalicelib.rules.run import RunKind

_NAMING = frozenset({RunKind.ROSTER, RunKind.FACTS})


def group_names(kind: RunKind) -> Mapping[str, Group]:
    """Every group by what it may be called in a file of that kind; nothing where none is."""
    if kind not in _NAMING:
        return {}
    return GROUPS | {group: group for group in GROUPS.values()}

"""Two plain values of a parameter, compared leaf by leaf and line by line.

Lines are matched by whom they mean, else by what they give: a line that moved is still itself.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.rules.condition import WORDS

_NAMING = frozenset({*WORDS, "name", "fund", "of", "up_to", "at_least"})
"""The keys by which a line of a list is known; the others are what it gives."""


@dataclass(frozen=True)
class Spot:
    """A line's place in its list, counted from 1, and the line where it is the same in both."""

    number: int
    line: Any = None


Path = tuple[str | Spot, ...]


@dataclass(frozen=True)
class Difference:
    """What differs at a path: `added` and `removed` have one side, `reordered` has none."""

    kind: str  # "changed", "added", "removed" or "reordered"
    path: Path
    before: Any = None
    after: Any = None


def differences(before: Any, after: Any, path: Path = ()) -> Iterator[Difference]:
    """Everything that differs between two plain values; nothing for equal ones."""
    if before == after and type(before) is type(after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _tables(before, after, path)
    elif _are_lines(before, after):
        yield from _lines(before, after, path)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _lists(before, after, path)
    else:
        yield Difference("changed", path, before, after)


def _tables(
    before: Mapping[str, Any], after: Mapping[str, Any], path: Path
) -> Iterator[Difference]:
    for key in [*before, *(key for key in after if key not in before)]:
        where = (*path, key)
        if key not in after:
            yield Difference("removed", where, before[key])
        elif key not in before:
            yield Difference("added", where, after=after[key])
        else:
            yield from differences(before[key], after[key], where)


def _lists(before: list[Any], after: list[Any], path: Path) -> Iterator[Difference]:
    gone = [each for each in before if each not in after]
    new = [each for each in after if each not in before]
    if gone:
        yield Difference("removed", path, gone)
    if new:
        yield Difference("added", path, after=new)
    if [each for each in before if each in after] != [each for each in after if each in before]:
        yield Difference("changed", path, before, after)


def _are_lines(before: Any, after: Any) -> bool:
    """Whether both are lists, with nothing but lines in either."""
    if not (isinstance(before, list) and isinstance(after, list)):
        return False
    return all(isinstance(each, Mapping) for each in (*before, *after))


def _lines(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]], path: Path
) -> Iterator[Difference]:
    pairs = _pairs(before, after)
    for was, line in enumerate(before):
        if was not in pairs:
            yield Difference("removed", (*path, Spot(was + 1)), line)
    partners = {is_: was for was, is_ in pairs.items()}
    for is_, line in enumerate(after):
        if is_ not in partners:
            yield Difference("added", (*path, Spot(is_ + 1)), after=line)
            continue
        old = before[partners[is_]]
        same = _named(old) == _named(line)
        yield from differences(old, line, (*path, Spot(is_ + 1, line if same else None)))
    kept = [partners[is_] for is_ in sorted(partners)]
    if kept != sorted(kept):
        yield Difference("reordered", path)


def _pairs(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> dict[int, int]:
    """Which line became which: first whom it means and what it gives, then either of the two."""
    pairs: dict[int, int] = {}
    for told in (_text, _named, _given):
        for is_, line in enumerate(after):
            free = (was for was in range(len(before)) if was not in pairs)
            if is_ not in pairs.values():
                found = next((was for was in free if told(before[was]) == told(line)), None)
                if found is not None:
                    pairs[found] = is_
    return pairs


def _named(line: Mapping[str, Any]) -> str:
    return _text({key: line[key] for key in line if key in _NAMING})


def _given(line: Mapping[str, Any]) -> str:
    return _text({key: line[key] for key in line if key not in _NAMING})


def _text(line: Mapping[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=False, sort_keys=True)

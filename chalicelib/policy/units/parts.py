"""Units of instalments (分期) and of what must come back.

The last part gets the rest of the whole, so it need not say its share.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.policy.words import Words
from chalicelib.rules.amount.debts import ClawBack
from chalicelib.rules.amount.parts import Instalment
from chalicelib.rules.gates import GATES

from .lines import condition_faults
from .scalars import Faults, is_text, is_whole
from .standard import OUTCOMES
from .sums import lines_unit, percent_faults


def _plan_line(line: Mapping[str, Any], words: Words) -> Faults:
    yield from condition_faults(line, frozenset({"parts"}), words)
    parts = line.get("parts")
    if (
        not isinstance(parts, list)
        or not parts
        or not all(isinstance(part, dict) for part in parts)
    ):
        yield "parts: needs a list of parts"
        return
    for number, part in enumerate(parts, 1):
        yield from _part(part, f"part {number}", last=number == len(parts))
    names = [part.get("name") for part in parts]
    if doubled := sorted({str(name) for name in names if names.count(name) > 1}):
        yield f"parts: two are named {', '.join(doubled)}; give each its own name"
    shares = [part["percent"] for part in parts if "percent" in part]
    if all(map(is_whole, shares)):
        yield from _sum(sum(shares), rest="percent" not in parts[-1])


def _sum(shares: int, *, rest: bool) -> Iterator[str]:
    if rest and shares >= 100:
        yield f"parts: their percentages sum to {shares}; need less, as the last part gets the rest"
    elif not rest and shares != 100:
        yield f"parts: their percentages sum to {shares}; need 100"


def _part(part: Mapping[str, Any], where: str, *, last: bool) -> Iterator[str]:
    if not part.keys() <= {"name", "percent", "needs"} or not is_text(part.get("name")):
        yield f"{where}: needs name and percent, and may have needs"
    if "percent" in part or not last:
        yield from percent_faults(part.get("percent"), f"{where}: percent")
    needs = part.get("needs", [])
    if not isinstance(needs, list) or not all(need in list(GATES) for need in needs):
        yield f"{where}: needs: is {needs!r}; known gates are {', '.join(GATES)}"


def _plan_of(line: Mapping[str, Any], words: Words) -> tuple[Instalment, ...]:
    *most, last = line["parts"]
    rest = 100 - sum(part["percent"] for part in most)
    return tuple(
        Instalment(part["name"], percent, tuple(part["needs"]) if "needs" in part else None)
        for part, percent in (*((part, part["percent"]) for part in most), (last, rest))
    )


def _claw_back_line(line: Mapping[str, Any], words: Words) -> Faults:
    keys = frozenset({"of", "percent", "by", "below", "closed"})
    yield from condition_faults(line, keys, words)
    if not is_text(line.get("of")):
        yield "of: needs an instalment's name"
    yield from percent_faults(line.get("percent"), "percent")
    if "closed" in line:
        if line["closed"] not in list(GATES):
            yield f"closed: is {line['closed']!r}; known gates are {', '.join(GATES)}"
        if not line.keys().isdisjoint({"by", "below"}):
            yield "needs either closed, or by and below"
        return
    if line.get("by") not in OUTCOMES:
        yield f"by: is {line.get('by')!r}; needs one of {', '.join(OUTCOMES)}"
    yield from percent_faults(line.get("below"), "below")


def _claw_back_of(line: Mapping[str, Any], words: Words) -> ClawBack:
    if "closed" in line:
        return ClawBack(line["of"], line["percent"], closed=line["closed"])
    return ClawBack(line["of"], line["percent"], line["by"], line["below"])


UNITS: dict[str, tuple[Any, Any]] = {
    "instalments": lines_unit(_plan_line, _plan_of),
    "claw-back": lines_unit(_claw_back_line, _claw_back_of),
}

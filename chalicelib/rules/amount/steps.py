"""The steps of the arithmetic: each takes the running amount on and says from which figures.

A step is a function of its ruling, the running sum, the situation and the day on which the
person's group is judged (人员类别判定日).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from chalicelib.rules.condition import Line, first
from chalicelib.rules.situation import Situation, needed
from chalicelib.rules.trace import Ruling

from .caps import capped
from .forms import ByLevel, Flat
from .rounding import ROUNDINGS, Exact

Inputs = dict[str, Any]
_PERCENT = 100


class NotCovered(LookupError):
    """No line of a list that must cover everybody covers this situation; `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class TopUp:
    """An amount stacked on the city's by another fund (区级配套)."""

    fund: str
    fen: Exact
    payee: str | None = None


@dataclass(frozen=True)
class Running:
    """Where the arithmetic stands: the amount so far and what is stacked on it."""

    fen: Exact = 0
    top_ups: tuple[TopUp, ...] = field(default=())


Taken = tuple[Running, Inputs]


@dataclass(frozen=True)
class Fixed:
    """A line beside the subsidy, such as the exam fee: a sum, or the real cost up to one."""

    name: str
    fen: int | None
    at_most_fen: int | None


@dataclass(frozen=True)
class Stacked:
    """What another fund stacks: a sum, a table by level, or a share of the amount so far."""

    fund: str
    form: Flat | ByLevel | None
    percent: int | None
    payee: str | None


def standard(ruling: Ruling[Any], run: Running, situation: Situation, on: date) -> Taken:
    """The first line that holds gives the standard; NotCovered `no_standard`."""
    line = first(ruling.value, situation, on)
    found = line and line.value.of(situation)
    if not found:
        raise NotCovered("no_standard")
    fen, told = found
    return replace(run, fen=fen), told


def uplift(ruling: Ruling[Any], run: Running, situation: Situation, on: date) -> Taken:
    """The first line that holds adds its percentage."""
    line = first(ruling.value, situation, on)
    percent = line.value if line else 0
    return _times(run, _PERCENT + percent), {"percent": percent}


def mode_factor(ruling: Ruling[Any], run: Running, situation: Situation, on: date) -> Taken:
    """The first line that holds gives the percentage the mode of teaching is paid at."""
    line = first(ruling.value, situation, on)
    percent = line.value if line else _PERCENT
    return _times(run, percent), {"mode": situation.course.mode, "percent": percent}


def ratio(ruling: Ruling[Any], run: Running, situation: Situation, on: date) -> Taken:
    """The highest percentage among the person's groups; NotCovered `no_ratio`."""
    found = best_ratio(ruling.value, situation, on)
    if found is None:
        raise NotCovered("no_ratio")
    percent, group = found
    return _times(run, percent), {"group": group, "percent": percent, "judged_on": on.isoformat()}


def best_ratio(
    lines: Sequence[Line[int]], situation: Situation, on: date
) -> tuple[int, str] | None:
    """The highest percentage and the group it is for, or None where no line covers him.

    Within one group the first line that names it, or names none, and holds counts: a list goes
    from the special to the general.
    """
    best: tuple[int, str] | None = None
    for group in situation.person.groups_on(on) or ("",):
        for line in lines:
            named = line.condition.wanted.get("groups")
            if (named is None or group in named) and line.condition.means(situation, on):
                if best is None or line.value > best[0]:
                    best = line.value, group
                break
    return best


def caps(ruling: Ruling[Any], run: Running, situation: Situation, on: date) -> Taken:
    """The caps of the first line that holds; without one, none."""
    line = first(ruling.value, situation, on)
    if line is None:
        return run, {}
    fen, told = capped(line.value, run.fen, situation.earlier, ruling.on.year)
    return replace(run, fen=fen), told


def fixed(ruling: Ruling[Any], run: Running, situation: Situation, on: date) -> Taken:
    """Every line that holds adds its sum, or the exam's real cost up to its ceiling."""
    added: dict[str, int] = {}
    for line in ruling.value:
        if line.condition.means(situation, on):
            name = line.value.name
            added[name] = added.get(name, 0) + _fixed_fen(line.value, situation)
    return replace(run, fen=run.fen + sum(added.values())), {"lines": added}


def _fixed_fen(line: Fixed, situation: Situation) -> int:
    if line.fen is not None:
        return line.fen
    cost_fen = needed(situation.fees.exam_fen, "fees.exam_fen")
    return cost_fen if line.at_most_fen is None else min(cost_fen, line.at_most_fen)


def top_ups(ruling: Ruling[Any], run: Running, situation: Situation, on: date) -> Taken:
    """Every line that holds stacks its sum, by its own fund."""
    stacked = tuple(
        TopUp(line.value.fund, fen, line.value.payee)
        for line in ruling.value
        if line.condition.means(situation, on)
        and (fen := _stacked_fen(line.value, run, situation)) is not None
    )
    told = {"lines": [[top_up.fund, fen_text(top_up.fen)] for top_up in stacked]}
    return replace(run, top_ups=(*run.top_ups, *stacked)), told


def _stacked_fen(line: Stacked, run: Running, situation: Situation) -> Exact | None:
    if line.percent is not None:
        return Fraction(run.fen * line.percent, _PERCENT)
    found = line.form.of(situation) if line.form else None
    return found and found[0]


def rounding(ruling: Ruling[Any], run: Running, situation: Situation, on: date) -> Taken:
    """Whole fen or yuan, by the rounding the policy names."""
    whole = ROUNDINGS[ruling.value]
    top_ups = tuple(replace(top_up, fen=whole(top_up.fen)) for top_up in run.top_ups)
    return Running(whole(run.fen), top_ups), {"rounding": ruling.value}


def _times(run: Running, percent: int) -> Running:
    return replace(run, fen=Fraction(run.fen * percent, _PERCENT))


def fen_text(fen: Exact) -> int | str:
    """A whole sum as a number, any other exactly as text."""
    return int(fen) if fen == int(fen) else str(fen)


Taker = Callable[[Ruling[Any], Running, Situation, date], Taken]

STEPS: Mapping[str, Taker] = {
    "standard": standard,
    "uplift": uplift,
    "ratio": ratio,
    "mode_factor": mode_factor,
    "caps": caps,
    "fixed": fixed,
    "rounding": rounding,
    "top_ups": top_ups,
}
"""Every step by the word a policy's order names it with."""

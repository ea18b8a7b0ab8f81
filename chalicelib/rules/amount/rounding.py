"""Rounding (取整): once in a computation, by the name the policy gives."""

from collections.abc import Callable, Mapping
from fractions import Fraction

Exact = Fraction | int


def _to(unit_fen: int, whole: Callable[[Exact], int]) -> Callable[[Exact], int]:
    return lambda fen: whole(Fraction(fen) / unit_fen) * unit_fen


def _down(amount: Exact) -> int:
    return int(amount // 1)


def _up(amount: Exact) -> int:
    return int(-(-amount // 1))


def _half_up(amount: Exact) -> int:
    return int((amount + Fraction(1, 2)) // 1)


ROUNDINGS: Mapping[str, Callable[[Exact], int]] = {
    "down-to-fen": _down,
    "half-up-to-fen": _half_up,
    "up-to-fen": _up,
    "down-to-yuan": _to(100, _down),
    "half-up-to-yuan": _to(100, _half_up),
    "up-to-yuan": _to(100, _up),
}
"""How an amount becomes whole; amounts are never negative."""

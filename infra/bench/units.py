"""Write and read units of DynamoDB and its calls, per move: the measurement that a test pins."""

import msgspec

from tests import in_process
from tests.units import moves


class Move(msgspec.Struct, frozen=True):
    """What one move asks of DynamoDB."""

    move: str
    write: float
    read: float
    calls: int


def measure() -> list[Move]:
    """Every move of one voucher on an empty city's tables."""
    with in_process.cloud(), in_process.city():
        costs = moves.measured()
    return [Move(name, units.write, units.read, units.calls) for name, units in costs.items()]


def table(measured: list[Move]) -> str:
    """The moves as a table in Markdown."""
    lines = ["| move | write | read | calls |", "|---|--:|--:|--:|"]
    lines += [f"| {one.move} | {one.write:g} | {one.read:g} | {one.calls} |" for one in measured]
    return "\n".join(lines) + "\n"

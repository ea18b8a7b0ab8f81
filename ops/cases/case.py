"""A case: what is asked of which programme, on which day, about what, and what must come of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.rules.situation import Situation


class FaultyCases(ValueError):
    """Cases that cannot be read, with every fault found in them."""

    def __init__(self, found: tuple[str, ...]) -> None:
        super().__init__("\n".join(found))
        self.faults = found


@dataclass(frozen=True)
class Case:
    """One case; `act` holds what the asked verb needs beside the situation."""

    where: str
    name: str
    programme: str
    asks: str
    on: date
    situation: Situation
    act: Mapping[str, Any]
    expect: Mapping[str, Any]

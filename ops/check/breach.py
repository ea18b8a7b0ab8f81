"""A breach of an invariant: which one, where, and what was found instead."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Breach:
    """One finding; it names objects by their ids and never holds personal data."""

    invariant: str
    where: str
    found: str

    def __str__(self) -> str:
        return f"{self.invariant}: {self.where}: {self.found}"

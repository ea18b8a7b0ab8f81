"""Which approved version of a programme governs which day.

Here: choosing by days. Not here: proposing and approving, nor what the versions say.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Approved:
    """An approved version: from which day it governs, its hash, on which day it was proposed."""

    effective_from: date
    hash: str
    proposed_on: date


@dataclass(frozen=True)
class Timeline:
    """A programme's approved versions in the order of their approval."""

    approved: tuple[Approved, ...] = ()

    def at(self, on: date) -> Approved | None:
        """The version that governs the day: the latest begun by then; None before the first.

        Of two that begin on one day the one approved later governs.
        """
        begun = [each for each in self.approved if each.effective_from <= on]
        return max(reversed(begun), key=_begins) if begun else None

    def after(self, on: date) -> Approved | None:
        """The version that will take over next after the day, or None."""
        coming = [each.effective_from for each in self.approved if each.effective_from > on]
        return self.at(min(coming)) if coming else None

    def with_(self, one: Approved) -> "Timeline":
        """The timeline with one more approval."""
        return Timeline((*self.approved, one))


def _begins(one: Approved) -> date:
    return one.effective_from

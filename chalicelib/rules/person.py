"""A worker (劳动者) as the city knows him: dated group facts, district; secrets only sealed."""

from dataclasses import dataclass
from datetime import date
from typing import NewType

from .ids import PersonId
from .personal import Account, DocumentNumber, Name, Phone

Group = NewType("Group", str)
"""A group of people (人员类别) that decides eligibility and ratio, by its code.

Which ones there are, and what they are called, each place's policies declare.
"""


@dataclass(frozen=True)
class GroupFact:
    """That a person belongs to a group from a date, until a date (inclusive) or still."""

    group: Group
    since: date
    until: date | None

    def holds(self, on: date) -> bool:
        """Whether the fact holds on that day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class Masks:
    """What may be shown of a person's secrets."""

    document_number: str
    name: str
    phone: str
    account: str


@dataclass(frozen=True)
class Identity:
    """A person's secrets, unsealed; they print masked."""

    document_number: DocumentNumber
    name: Name
    phone: Phone
    account: Account

    @property
    def masks(self) -> Masks:
        """What may be shown of them."""
        return Masks(self.document_number.mask, self.name.mask, self.phone.mask, self.account.mask)


@dataclass(frozen=True)
class Person:
    """A registered worker; `local` is Shanghai hukou (本市户籍)."""

    id: PersonId
    district: str
    local: bool
    facts: tuple[GroupFact, ...]
    masks: Masks

    def groups(self, on: date) -> frozenset[Group]:
        """The groups the person belongs to on that day."""
        return frozenset(fact.group for fact in self.facts if fact.holds(on))

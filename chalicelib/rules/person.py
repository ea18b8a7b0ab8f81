"""A worker (劳动者) as the city knows him: dated facts, district; secrets only sealed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NewType

from . import calendar
from .ids import PersonId
from .personal import Account, DocumentNumber, Name, Phone
from .situation import PersonFacts, Spell

Group = NewType("Group", str)
"""A group of people (人员类别) that decides eligibility and ratio, by its code.

Which ones there are, and what they are called, each place's policies declare.
"""


class FactKind(StrEnum):
    """What is said of a person for a time."""

    GROUP = "group"  # 人员类别, named by the group's code
    INSURED = "insured"  # 参保, without a name
    EMPLOYED = "employed"  # 就业, named by the employer's code
    LISTED = "listed"  # 名单, named by the list


@dataclass(frozen=True)
class Fact:
    """That something is so of a person from a day, until a day (inclusive) or still.

    `begun_by` and `ended_by` are the keys of the commands that said so, empty where the roster did.
    """

    kind: FactKind
    name: str
    since: date
    until: date | None
    begun_by: str = field(default="", repr=False)
    ended_by: str = field(default="", repr=False)

    def holds(self, on: date) -> bool:
        """Whether the fact holds on that day."""
        return calendar.within(on, self.since, self.until)

    def meets(self, other: "Fact") -> bool:
        """Whether both hold on some day."""
        first, second = sorted((self, other), key=lambda fact: fact.since)
        return first.until is None or second.since <= first.until


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
    """A registered worker; `local` is hukou of the city (本市户籍).

    `born_on` and `sex` come from a citizen's number and are None for who was registered before
    they were kept. `noted` counts how often his facts were changed since.
    """

    id: PersonId
    district: str
    local: bool
    facts: tuple[Fact, ...]
    masks: Masks
    born_on: date | None = field(default=None, repr=False)
    sex: str | None = field(default=None, repr=False)
    noted: int = 0

    def of_kind(self, kind: FactKind) -> Iterator[Fact]:
        """His facts of one kind, in the order in which they became known."""
        return (fact for fact in self.facts if fact.kind is kind)

    def names(self, kind: FactKind, on: date) -> frozenset[str]:
        """What his facts of a kind name on that day: groups, employers, lists."""
        return frozenset(fact.name for fact in self.of_kind(kind) if fact.holds(on))

    def groups(self, on: date) -> frozenset[Group]:
        """The groups the person belongs to on that day."""
        return frozenset(map(Group, self.names(FactKind.GROUP, on)))

    @property
    def known(self) -> PersonFacts:
        """What rules may know of the person."""
        spells: dict[FactKind, list[Spell]] = {kind: [] for kind in FactKind}
        for fact in self.facts:
            spells[fact.kind].append(Spell(fact.name, fact.since, fact.until))
        return PersonFacts(
            local=self.local,
            district=self.district,
            born_on=self.born_on,
            sex=self.sex,
            groups=tuple(spells[FactKind.GROUP]),
            insured=tuple(spells[FactKind.INSURED]),
            employed=tuple(spells[FactKind.EMPLOYED]),
            listed=tuple(spells[FactKind.LISTED]),
        )

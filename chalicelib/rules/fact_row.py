"""One row of an office's facts (人员事实): what begins to be so of a person, or ends.

What a person's facts make of it is decided here as well: a fact is added, an open one is ended,
and nothing else that is known ever changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from stdnum.cn import uscc

from chalicelib.errors import Invalid

from .person import Fact, FactKind, Group
from .personal import DocumentNumber, document_number
from .roster_row import NUMBER, day
from .tabular import Columns, Row, RowFault

KIND, NAME, SINCE, UNTIL = "事实", "内容", "起始日期", "终止日期"
HEADINGS = (NUMBER, KIND, NAME, SINCE, UNTIL)
COLUMNS = Columns(HEADINGS, ids=frozenset({NUMBER, NAME}))

KINDS = {
    "人员类别": FactKind.GROUP,
    "参保": FactKind.INSURED,
    "就业": FactKind.EMPLOYED,
    "名单": FactKind.LISTED,
} | {kind.value: kind for kind in FactKind}
_LONGEST = 64


@dataclass(frozen=True)
class Statement:
    """What a row says of a person; without `since` it ends what is open."""

    number: DocumentNumber
    kind: FactKind
    name: str
    since: date | None
    until: date | None


def statement(row: Row, groups: Mapping[str, Group]) -> Statement:
    """The statement a row stands for; RowFault with the column and the reason.

    `groups` are the groups that can be named, by their codes and by what they are called.
    """
    try:
        number = document_number(row[NUMBER])
    except Invalid as fault:
        raise RowFault(NUMBER, fault.code) from None
    if row[KIND] not in KINDS:
        raise RowFault(KIND, "unknown_fact")
    kind = KINDS[row[KIND]]
    until = day(row, UNTIL) if row[UNTIL] else None
    since = day(row, SINCE) if row[SINCE] or until is None else None
    if since and until and until < since:
        raise RowFault(UNTIL, "dates_reversed")
    return Statement(number, kind, _name(row[NAME], kind, groups), since, until)


def _name(written: str, kind: FactKind, groups: Mapping[str, Group]) -> str:
    if kind is FactKind.INSURED:
        if written:
            raise RowFault(NAME, "fact_without_name")
    elif not written:
        raise RowFault(NAME, "missing_name_of_fact")
    elif kind is FactKind.GROUP:
        if written not in groups:
            raise RowFault(NAME, "unknown_group")
        return groups[written]
    elif kind is FactKind.EMPLOYED:
        if not uscc.is_valid(written.upper()):
            raise RowFault(NAME, "check_digit")
        return written.upper()
    elif len(written) > _LONGEST:
        raise RowFault(NAME, "too_long")
    return written


def stated(facts: Sequence[Fact], said: Statement, key: str) -> tuple[Fact, ...] | None:
    """The person's facts with what a command says, or None where that is known already.

    Raises RowFault where it contradicts what is known: the past is never rewritten.
    """
    alike = [fact for fact in facts if (fact.kind, fact.name) == (said.kind, said.name)]
    if said.since is None:
        return _ended(facts, _open(alike, said), said.until, key)
    for known in alike:
        if known.since == said.since:
            return _ended(facts, known, said.until, key)
    fresh = Fact(said.kind, said.name, said.since, said.until, begun_by=key)
    if any(fresh.meets(known) for known in alike):
        raise RowFault(SINCE, "fact_overlaps")
    return (*facts, fresh)


def _open(alike: Sequence[Fact], said: Statement) -> Fact:
    """The one that a row without a beginning ends: open, or ended by such a row before."""
    for known in alike:
        if known.until is None or known.until == said.until:
            return known
    raise RowFault(SINCE, "nothing_to_end")


def _ended(
    facts: Sequence[Fact], known: Fact, until: date | None, key: str
) -> tuple[Fact, ...] | None:
    """A known fact as it ends; saying again that it began, or when it ended, says nothing new."""
    if until is None or until == known.until:
        return None
    if known.until is not None:
        raise RowFault(UNTIL, "fact_ended")
    if until < known.since:
        raise RowFault(UNTIL, "dates_reversed")
    closed = replace(known, until=until, ended_by=key)
    return tuple(closed if fact is known else fact for fact in facts)

"""Record a fact (登记事实): a row adds one to what is known of a person, or ends an open one."""

from collections.abc import Mapping, Sequence

from chalicelib.errors import NotFound
from chalicelib.rules import fact_row
from chalicelib.rules.fact_row import Statement
from chalicelib.rules.history import Command
from chalicelib.rules.person import Fact, Group, Person
from chalicelib.rules.roster_row import NUMBER
from chalicelib.rules.tabular import Row, RowFault
from chalicelib.store import people, secrets, transact

_TRIES = 5


def record_fact(row: Row, command: Command, groups: Mapping[str, Group]) -> bool:
    """True where the row changed what is known, also where this very command did so before.

    Raises RowFault, also where others keep changing the person's facts.
    """
    said = fact_row.statement(row, groups)
    for _ in range(_TRIES):
        person = _of(said)
        if _said_by(person.facts, command.key):
            return True
        facts = fact_row.stated(person.facts, said, command.key)
        if facts is None:
            return False
        try:
            people.note(person, facts)
        except transact.Lost:
            continue
        return True
    raise RowFault(NUMBER, "changed_meanwhile")


def would_record_fact(row: Row, command: Command, groups: Mapping[str, Group]) -> bool:
    """Whether the row would change what is known; RowFault. Writes nothing."""
    said = fact_row.statement(row, groups)
    return fact_row.stated(_of(said).facts, said, command.key) is not None


def _of(said: Statement) -> Person:
    try:
        return people.load(secrets.person_id(said.number))
    except NotFound:
        raise RowFault(NUMBER, "unknown_person") from None


def _said_by(facts: Sequence[Fact], key: str) -> bool:
    return any(key in {fact.begun_by, fact.ended_by} for fact in facts)

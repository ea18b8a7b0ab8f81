"""Register (登记): rows of a roster become people; what is secret of them is sealed at once."""

from collections.abc import Mapping, Sequence

from chalicelib.rules import roster_row
from chalicelib.rules.ids import RunId
from chalicelib.rules.person import Group, Person
from chalicelib.rules.roster_row import NUMBER, Registration
from chalicelib.rules.run import Refusal, Tally
from chalicelib.rules.tabular import Row, RowFault
from chalicelib.store import people, secrets

from .side_by_side import side_by_side

DUPLICATE = "duplicate_in_file"


def register(rows: Sequence[Row], run_id: RunId, groups: Mapping[str, Group]) -> Tally:
    """What became of these rows of a run's file; the same rows again change nothing."""
    refusals = []
    fresh: dict[object, tuple[int, Registration]] = {}
    for row in rows:
        try:
            registration = read(row, groups)
            number = registration.identity.document_number
            if number in fresh:
                raise RowFault(NUMBER, DUPLICATE)
        except RowFault as fault:
            refusals.append(Refusal(row.line, fault.column, fault.code))
        else:
            fresh[number] = row.line, registration
    return Tally(refusals=tuple(refusals)) + _keep(list(fresh.values()), run_id)


def read(row: Row, groups: Mapping[str, Group]) -> Registration:
    """The registration a row stands for; RowFault."""
    if row.fault:
        raise row.fault
    return roster_row.registration(row, groups)


def _keep(read: list[tuple[int, Registration]], run_id: RunId) -> Tally:
    sealed = side_by_side(lambda entry: _sealed(entry[1]), read)
    lines = [line for line, _ in read]
    origins = people.register(
        [
            (person, record, run_id, line)
            for line, (person, record) in zip(lines, sealed, strict=True)
        ]
    )
    tally = Tally()
    for line, origin in zip(lines, origins, strict=True):
        tally += _outcome(line, origin, run_id)
    return tally


def _sealed(registration: Registration) -> tuple[Person, bytes]:
    identity = registration.identity
    person_id = secrets.person_id(identity.document_number)
    person = Person(
        id=person_id,
        district=registration.district,
        local=registration.local,
        facts=(registration.fact,),
        masks=identity.masks,
        born_on=identity.document_number.born_on,
        sex=identity.document_number.sex,
    )
    return person, secrets.seal_person(person_id, identity)


def _outcome(line: int, origin: tuple[str, int] | None, run_id: RunId) -> Tally:
    """A row this very run registered counts as applied, however often a block is worked."""
    if origin is None or origin == (run_id, line):
        return Tally(applied=1)
    if origin[0] == run_id:
        return Tally(refusals=(Refusal(line, NUMBER, DUPLICATE),))
    return Tally(existed=1)

"""Issue (发放) to a group that is served without asking, page by page through the register.

The entitlement of a person and year first, then the voucher: both can be done again, so a batch
that was killed anywhere is completed by doing it again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from chalicelib.errors import Refused
from chalicelib.policy import Policy
from chalicelib.policy.compiled import Period
from chalicelib.rules import calendar, eligibility, history, voucher
from chalicelib.rules.eligibility import ELIGIBLE, GroupLine
from chalicelib.rules.history import Command
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.person import FactKind, Person
from chalicelib.rules.run import Refusal, Run, Tally
from chalicelib.rules.voucher import Voucher
from chalicelib.store import entitlements, people, programmes, transact, vouchers

from .blank import blank
from .block import Block, command_of
from .side_by_side import side_by_side

_FIRST = 1
_READ_AT_ONCE = 2_000  # people: about the most that one read of the table gives, 1 MB
_WRITTEN_AT_ONCE = 100  # vouchers: by one of the threads side by side
_Rows = list[tuple[int, Person]]


@dataclass(frozen=True)
class _Offer:
    """What is issued to whom: policy, its groups, period, day, and by whose command."""

    policy: Policy
    lines: tuple[GroupLine, ...]
    period: Period
    on: date
    command: Command


def blocks(run: Run, now: datetime) -> Iterator[Block]:
    """Issues to the register's pages from the run's checkpoint on, each when it is asked for.

    Who belongs to the group, or stands on the list, is a row of the run, numbered on; everybody
    else is none.
    """
    kind, name = _whom(run)
    today = calendar.civil_date(now)
    at, rows, last = run.at, run.rows, False
    while not last:
        page, following = people.page(at, _READ_AT_ONCE)
        members = [person for person in page if name in person.names(kind, today)]
        tally = issue_to(members, run.source["programme"], command_of(run, now), rows + 1)
        last = not following
        yield Block(tally, following, last)
        at, rows = following, rows + tally.rows


def _whom(run: Run) -> tuple[FactKind, str]:
    kind = FactKind.LISTED if FactKind.LISTED in run.source else FactKind.GROUP
    return kind, run.source[kind]


def issue_to(
    members: Sequence[Person], programme: str, command: Command, first_line: int = 1
) -> Tally:
    """What became of these people, one row each; the same command again changes nothing.

    Who is not eligible on the day of the command, or has had his vouchers of the year, is a
    refused row. Raises Refused `no_period`, NotFound for an unknown programme.
    """
    offer = _offer(programme, command)
    wanted: _Rows = []
    refusals = []
    for line, person in enumerate(members, first_line):
        if eligibility.eligible(offer.lines, person, offer.on):
            wanted.append((line, person))
        else:
            refusals.append(Refusal(line, "group", "not_eligible"))
    limit = offer.policy.value("subsidy_vouchers_per_year", offer.on)
    if limit is None:
        return Tally(refusals=tuple(refusals)) + _create(wanted, offer)
    free = side_by_side(lambda row: _entitled(row[1], offer, limit), wanted)
    entitled: _Rows = []
    for row, may in zip(wanted, free, strict=True):
        if may:
            entitled.append(row)
        else:
            refusals.append(Refusal(row[0], "programme", "limit_reached"))
    return Tally(refusals=tuple(refusals)) + _create(entitled, offer)


def _offer(programme: str, command: Command) -> _Offer:
    policy = programmes.current(programme)
    today = calendar.civil_date(command.at)
    period = policy.period(today)
    if period is None:
        raise Refused("no_period", ELIGIBLE, facts={"programme": programme})
    return _Offer(policy, policy.eligible(today), period, today, command)


def _entitled(person: Person, offer: _Offer, limit: int) -> bool:
    """Whether the person's year has room for this voucher, which from now on counts."""
    counted = f"{offer.policy.programme}/{_FIRST}"
    try:
        entitlements.count(person.id, offer.on.year, counted, limit)
    except transact.Lost:
        return False
    return True


def _create(rows: _Rows, offer: _Offer) -> Tally:
    parts = [rows[n : n + _WRITTEN_AT_ONCE] for n in range(0, len(rows), _WRITTEN_AT_ONCE)]
    return sum(side_by_side(lambda part: _create_part(part, offer), parts), Tally())


def _create_part(rows: _Rows, offer: _Offer) -> Tally:
    issued = [voucher.issue(_blank(person, offer), _of_row(offer, line)) for line, person in rows]
    fresh = vouchers.create_all(issued)
    there = [made.id for made, new in zip(issued, fresh, strict=True) if not new]
    own = _own(there, offer.command)
    return Tally(applied=sum(fresh) + own, existed=len(there) - own)


def _blank(person: Person, offer: _Offer) -> Voucher:
    group = eligibility.counted_group(offer.lines, person, offer.on)
    return blank(person, offer.policy, offer.period, _FIRST, group)


def _of_row(offer: _Offer, line: int) -> Command:
    return replace(offer.command, key=f"{offer.command.key}:{line}")


def _own(there: Sequence[VoucherId], command: Command) -> int:
    """How many of the vouchers that were there already this very command had issued."""
    if not there:
        return 0
    return sum(_issued_by(command, found) for found in vouchers.load_all(there))


def _issued_by(command: Command, found: Voucher) -> bool:
    return history.read(found.history[0]).key.startswith(f"{command.key}:")

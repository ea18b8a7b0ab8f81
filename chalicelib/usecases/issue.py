"""Issue (发放) to a group that is served without asking, page by page through the register.

The entitlement of a person and year first, then the voucher: both can be done again, so a batch
that was killed anywhere is completed by doing it again.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

from chalicelib.errors import Refused
from chalicelib.policy import Policy, decisions, limits, opening
from chalicelib.policy.compiled import Period
from chalicelib.rules import calendar, eligibility, history, voucher
from chalicelib.rules.condition import Line
from chalicelib.rules.eligibility import ELIGIBLE, Claiming
from chalicelib.rules.functions import Function
from chalicelib.rules.history import Command
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.limits import PER_PERIOD
from chalicelib.rules.moves import Verb
from chalicelib.rules.person import FactKind, Group, Person
from chalicelib.rules.run import Refusal, Run, Tally
from chalicelib.rules.situation import Situation
from chalicelib.rules.voucher import Voucher
from chalicelib.store import people, programmes, transact, vouchers

from . import entitle
from .blank import blank
from .block import Block, command_of
from .side_by_side import side_by_side

_FIRST = 1
_READ_AT_ONCE = 2_000  # people: about the most that one read of the table gives, 1 MB
_WRITTEN_AT_ONCE = 100  # vouchers: by one of the threads side by side


class _Row(NamedTuple):
    """One person of the batch: his line, and what the rules may know of him."""

    line: int
    person: Person
    situation: Situation


@dataclass(frozen=True)
class _Offer:
    """What is issued to whom: policy, its groups, period, day, whether it is claimed, by whom."""

    policy: Policy
    lines: tuple[Line[None], ...]
    period: Period
    on: date
    claimed: bool
    command: Command
    whys: dict[Group | None, str] = field(default_factory=dict)


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
    refused row. Raises Refused `function_off`, `no_period`, or `period_limit_reached` where nobody
    gets one; NotFound for an unknown programme.
    """
    offer = _offer(programme, command)
    served = decisions.issue.served(offer.policy, offer.on)
    wanted, refusals = [], []
    for line, person in enumerate(members, first_line):
        row = _Row(line, person, Situation(person.known))
        if served(row.situation):
            wanted.append(row)
        else:
            found = decisions.issue.decide(offer.policy, row.situation, offer.on)
            refusals.append(Refusal(line, "group", found.code))
    parts = [wanted[n : n + _WRITTEN_AT_ONCE] for n in range(0, len(wanted), _WRITTEN_AT_ONCE)]
    tallies = side_by_side(lambda part: _serve(part, offer), parts)
    return sum(tallies, Tally(refusals=tuple(refusals)))


def _offer(programme: str, command: Command) -> _Offer:
    today = calendar.civil_date(command.at)
    policy = programmes.current(programme, today)
    decisions.functions.decide(policy, Function.ISSUE, today).check()
    period = policy.period(today)
    if period is None:
        raise Refused("no_period", ELIGIBLE, facts={"programme": programme})
    if not limits.ordinals(policy, today):
        raise Refused("period_limit_reached", PER_PERIOD, facts={"limit": 0})
    claimed = policy.claiming(today) is Claiming.ON_JOINING
    return _Offer(policy, policy.eligible(today), period, today, claimed, command)


def _serve(rows: Sequence[_Row], offer: _Offer) -> Tally:
    """What became of a part of the rows: whom a limit leaves room, and who has it already."""
    made = {row.person.id: _issued(row, offer) for row in rows}
    if not entitle.limited(offer.policy, offer.on):
        return _create(list(made.values()), offer)
    # A voucher that stands was counted in its time, whatever became of it since.
    there = {found.id for found in vouchers.load_all(one.id for one in made.values())}
    entitled, refusals = [], []
    for line, person, _ in rows:
        try:
            # Who claims at the same moment has the voucher counted himself.
            with suppress(transact.Lost):
                if made[person.id].id not in there:
                    entitle.count(made[person.id], offer.policy, offer.on)
            entitled.append(made[person.id])
        except Refused as refused:
            refusals.append(Refusal(line, "programme", refused.code))
    return Tally(refusals=tuple(refusals)) + _create(entitled, offer)


def _create(issued: Sequence[Voucher], offer: _Offer) -> Tally:
    fresh = vouchers.create_all(issued)
    there = [made.id for made, new in zip(issued, fresh, strict=True) if not new]
    own = _own(there, offer.command)
    return Tally(applied=sum(fresh) + own, existed=len(there) - own)


def _issued(row: _Row, offer: _Offer) -> Voucher:
    """The person's voucher, claimed as well where the programme claims on joining."""
    command = _of_row(offer, row.line)
    group = eligibility.counted_group(offer.lines, row.situation, offer.on)
    born = blank(row.person, offer.policy, offer.period, _FIRST, group, offer.on)
    why = _why(row.situation, group, offer)
    judged = opening.kept(offer.policy, (), row.situation, why, offer.on)
    fresh = voucher.issue(born, command, judged)
    return voucher.move(fresh, Verb.CLAIM, command, {}) if offer.claimed else fresh


def _why(situation: Situation, group: Group | None, offer: _Offer) -> str:
    """The hash of why he is served: those who are differ in it by the counted group alone."""
    if group not in offer.whys:
        found = decisions.issue.decide(offer.policy, situation, offer.on)
        offer.whys[group] = opening.why(found)
    return offer.whys[group]


def _of_row(offer: _Offer, line: int) -> Command:
    return replace(offer.command, key=f"{offer.command.key}:{line}")


def _own(there: Sequence[VoucherId], command: Command) -> int:
    """How many of the vouchers that were there already this very command had issued."""
    if not there:
        return 0
    return sum(_issued_by(command, found) for found in vouchers.load_all(there))


def _issued_by(command: Command, found: Voucher) -> bool:
    return history.read(found.history[0]).key.startswith(f"{command.key}:")

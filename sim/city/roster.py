"""The roster of the office: every worker in a row, and forty bad rows scattered among them.

A person known from the same file comes after the row he repeats. Some offices write the check
character x small; such rows are good.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.city.dice import Dice
from sim.city.groups import HEADINGS
from sim.city.people import Person
from sim.city.spoiling import COLUMNS, FIVE, NUMBER, Row, spoilt_rows

HEADING = (
    "姓名",
    "证件号码",
    "手机号码",
    "人员类别",
    "类别起始日期",
    "类别终止日期",
    "户籍",
    "所在区",
    "社保卡银行账号",
)
FIRST_LINE = 2


@dataclass(frozen=True)
class Refusal:
    """A row that must be refused; `column` is empty where the fault is in no column."""

    line: int
    column: str
    code: str


@dataclass(frozen=True)
class Roster:
    """The file's rows below the heading, and which of them are bad."""

    rows: tuple[Row, ...]
    refusals: tuple[Refusal, ...]


def _row(dice: Dice, person: Person, account: str) -> Row:
    number = person.document_number
    if number.endswith("X") and dice.chance(10):
        number = number.lower()
    return [
        person.name,
        number,
        person.phone,
        HEADINGS[person.group],
        person.since.isoformat(),
        person.until.isoformat() if person.until else "",
        "本市" if person.is_local else "外省市",
        person.district,
        account,
    ]


def _repeated(row: Row) -> Row:
    """The same person once more; a small x makes no other person of him."""
    return [*row[:NUMBER], row[NUMBER].lower(), *row[NUMBER + 1 :]]


def make_roster(
    seed: int, people: list[Person], strangers: list[Person], accounts: Mapping[str, str]
) -> Roster:
    """Return the roster of all people, bad rows among them."""
    dice = Dice(seed, "roster")
    good = [_row(dice, person, accounts[person.document_number]) for person in people]
    placed: list[tuple[float, str, Row]] = [(place, "", row) for place, row in enumerate(good)]
    spoil = [_row(dice, person, accounts[person.document_number]) for person in strangers]
    for kind, row in spoilt_rows(dice, spoil):
        placed.append((dice.between(0, len(good) - 2) + 0.5, kind, row))
    for first in dice.sample(range(len(good) * 3 // 4), FIVE):
        again = dice.between(first, len(good) - 2) + 0.5
        placed.append((again, "duplicate_in_file", _repeated(good[first])))
    placed.sort(key=lambda entry: entry[0])
    refusals = [
        Refusal(line, COLUMNS[kind], kind)
        for line, (_, kind, _) in enumerate(placed, start=FIRST_LINE)
        if kind
    ]
    return Roster(tuple(row for _, _, row in placed), tuple(refusals))

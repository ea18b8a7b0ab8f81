"""Bad rows: forty rows of people who are not in the city, each with exactly one fault.

Five of each of eight kinds. A spoilt row is still a row: no fault breaks a line in two.
"""

from collections.abc import Callable

from sim.city.check_digits import citizen_check
from sim.city.dice import Dice

FIVE = 5
NAME, NUMBER, GROUP = 0, 1, 3
COLUMNS = {
    "check_digit": "证件号码",
    "scientific_notation": "证件号码",
    "duplicate_in_file": "证件号码",
    "missing_name": "姓名",
    "unknown_group": "人员类别",
    "impossible_birth_date": "证件号码",
    "column_count": "",
    "look_alike_letter": "证件号码",
}
KINDS = tuple(COLUMNS)
UNKNOWN_GROUPS = ("失业", "自由职业者", "退休人员", "灵活就业", "在职")
IMPOSSIBLE_DAYS = ("0230", "0431", "1301", "0010", "0732")
LOOK_ALIKES = (("1", "l"), ("1", "I"), ("0", "O"), ("0", "o"), ("9", "g"))

Row = list[str]


def _check_digit(dice: Dice, row: Row, turn: int) -> Row:
    number = row[NUMBER]
    wrong = dice.pick([digit for digit in "0123456789X" if digit != number[-1]])
    return [row[NAME], number[:-1] + wrong, *row[NUMBER + 1 :]]


def _scientific(dice: Dice, row: Row, turn: int) -> Row:
    number = row[NUMBER]
    digits = number[1 : 6 + turn]
    return [row[NAME], f"{number[0]}.{digits}E+17", *row[NUMBER + 1 :]]


def _nameless(dice: Dice, row: Row, turn: int) -> Row:
    return [("", " ", "　", "", "  ")[turn], *row[NUMBER:]]


def _unknown_group(dice: Dice, row: Row, turn: int) -> Row:
    return [*row[:GROUP], UNKNOWN_GROUPS[turn], *row[GROUP + 1 :]]


def _birth_date(dice: Dice, row: Row, turn: int) -> Row:
    """The check digit is made right again, so that the date is the only fault."""
    number = row[NUMBER]
    first_17 = number[:10] + IMPOSSIBLE_DAYS[turn] + number[14:17]
    return [row[NAME], first_17 + citizen_check(first_17), *row[NUMBER + 1 :]]


def _column_count(dice: Dice, row: Row, turn: int) -> Row:
    """A comma in the name, a note at the end, or fields that were lost."""
    name = row[NAME]
    return (
        [name[:1], name[1:], *row[1:]],
        [*row, "补录"],
        row[:-1],
        row[:-2],
        [*row, ""],
    )[turn]


def _look_alike(dice: Dice, row: Row, turn: int) -> Row:
    """One digit typed as a letter that looks like it; a number without a nought has a nine."""
    number = row[NUMBER]
    digit, letter = LOOK_ALIKES[turn]
    if digit not in number:
        digit, letter = LOOK_ALIKES[-1]
    place = number.index(digit)
    return [row[NAME], number[:place] + letter + number[place + 1 :], *row[NUMBER + 1 :]]


SPOILERS: dict[str, Callable[[Dice, Row, int], Row]] = {
    "check_digit": _check_digit,
    "scientific_notation": _scientific,
    "missing_name": _nameless,
    "unknown_group": _unknown_group,
    "impossible_birth_date": _birth_date,
    "column_count": _column_count,
    "look_alike_letter": _look_alike,
}
STRANGERS = FIVE * len(SPOILERS)


def spoilt_rows(dice: Dice, rows: list[Row]) -> list[tuple[str, Row]]:
    """Return one spoilt row for each of the strangers' rows, with the kind of its fault."""
    spoilt = []
    for order, row in enumerate(rows):
        kind = list(SPOILERS)[order // FIVE]
        spoilt.append((kind, SPOILERS[kind](dice, row, order % FIVE)))
    return spoilt

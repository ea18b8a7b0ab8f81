"""The roster as an office would export it, with forty bad rows that are still rows."""

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from stdnum import luhn
from stdnum.cn import ric

from sim.city.groups import HEADINGS
from sim.city.names import CANARY
from tests.city.sample_city import Samples

Fault = Callable[[list[str], set[str]], bool]


def _has_date(number: str) -> bool:
    try:
        date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    except ValueError:
        return False
    return True


def _is_number(number: str) -> bool:
    return number[:17].isdigit() and number.isascii() and len(number) == 18


# What is wrong with a row, told from the row alone and the numbers that stood before it.
FAULTS: dict[str, Fault] = {
    "column_count": lambda row, _: len(row) != 9,
    "scientific_notation": lambda row, _: "E+" in row[1],
    "look_alike_letter": lambda row, _: len(row[1]) == 18 and not _is_number(row[1]),
    "impossible_birth_date": lambda row, _: _is_number(row[1]) and not _has_date(row[1]),
    "check_digit": lambda row, _: (
        _is_number(row[1]) and ric.calc_check_digit(row[1]) != row[1][-1].upper()
    ),
    "missing_name": lambda row, _: not row[0].strip(),
    "unknown_group": lambda row, _: row[3] not in HEADINGS.values(),
    "duplicate_in_file": lambda row, seen: row[1].upper() in seen,
}


def _found_faults(city: Samples) -> list[tuple[int, str]]:
    """Every fault of every line; a row of the wrong length has no fields to look at."""
    found, seen = [], set[str]()
    for line, row in enumerate(city.roster_lines()[1:], start=2):
        kinds = ["column_count"] if len(row) != 9 else list(FAULTS)
        found += [(line, kind) for kind in kinds if FAULTS[kind](row, seen)]
        if len(row) == 9:
            seen.add(row[1].upper())
    return found


def test_each_bad_row_has_its_one_fault_and_each_good_row_none(city: Samples) -> None:
    refusals = city.read_json("summary.json")["refusals"]
    assert _found_faults(city) == [(each["line"], each["code"]) for each in refusals]


def test_every_kind_of_bad_row_appears_five_times(city: Samples) -> None:
    codes = Counter(each["code"] for each in city.read_json("summary.json")["refusals"])
    assert codes == dict.fromkeys(FAULTS, 5)


def test_a_refusal_names_the_column_where_there_is_one(city: Samples) -> None:
    heading = city.roster_lines()[0]
    for refusal in city.read_json("summary.json")["refusals"]:
        assert (refusal["column"] == "") == (refusal["code"] == "column_count")
        assert refusal["column"] in (*heading, "")


def test_the_bad_rows_are_scattered_over_the_file(large_city: Samples) -> None:
    lines = [each["line"] for each in large_city.read_json("summary.json")["refusals"]]
    assert len(set(lines)) == 40
    assert lines[0] < 1000
    assert lines[-1] > 4000


def test_the_file_is_gb18030_with_windows_line_ends_and_one_line_a_row(city: Samples) -> None:
    content = city.files["roster.csv"]
    with pytest.raises(UnicodeDecodeError):
        content.decode("gbk")
    assert content.count(b"\n") == content.count(b"\r\n")
    workers = city.read_json("story.json")["city"]["workers"]
    assert len(city.roster_lines()) == 1 + workers + 40


def test_nobody_is_real_and_everybody_can_be_found_in_a_log(city: Samples) -> None:
    bad = {each["line"] for each in city.read_json("summary.json")["refusals"]}
    rows = [row for line, row in enumerate(city.roster_lines(), 1) if line > 1 and line not in bad]
    assert all(row[0].endswith(CANARY) for row in rows)
    assert all(row[1].startswith("3199") for row in rows)
    assert all(row[2].startswith("169") and len(row[2]) == 11 for row in rows)
    assert len({row[1].upper() for row in rows}) == len({row[8] for row in rows}) == len(rows)
    assert all(luhn.is_valid(row[8]) and len(row[8]) == 19 for row in rows)


def test_people_are_of_an_age_to_belong_to_their_group(city: Samples) -> None:
    ages = {"college-final-year": (20, 25), "vocational-final-year": (16, 19)}
    for row in city.roster_lines()[1:]:
        group = next((code for code, name in HEADINGS.items() if row[3:4] == [name]), None)
        if group is None or not _is_number(row[1]) or not _has_date(row[1]):
            continue
        youngest, oldest = ages.get(group, (18, 66))
        assert youngest <= 2026 - int(row[1][6:10]) <= oldest
        assert date.fromisoformat(row[4]) <= date(2026, 2, 28)


def test_only_three_accounts_return_money_and_a_few_are_closed(large_city: Samples) -> None:
    issuers = Counter(row[8][:6] for row in large_city.roster_lines()[1:] if len(row) == 9)
    assert issuers["621991"] == 3
    assert 4 <= issuers["621990"] <= 6

"""Faulty cases are refused together: every fault with its file, its case, its row."""

from datetime import date
from pathlib import Path

import pytest

from chalicelib.rules.situation import Situation
from chalicelib.rules.teaching_facts import Tap
from ops.cases import Case, FaultyCases, read_cases, run
from ops.failures import StepFailedError
from ops.policies import verdicts
from tests.builders import a_policy
from tests.policy import tiny_place

HEAD = '[[case]]\nname = "n"\nprogramme = "bread"\nasks = "claim"\non = 2025-03-01\n'
EXPECT = 'expect = { outcome = "yes" }\n'
AT = "cases/bread.toml: case 1 (n)"


def found(folder: Path, cases: str) -> tuple[str, ...]:
    with pytest.raises(FaultyCases) as refused:
        read_cases(tiny_place.written(folder, cases=cases))
    return refused.value.faults


@pytest.mark.parametrize(
    ("cases", "fault"),
    [
        ("[[case]\n", "cases/bread.toml: cannot be read: "),
        ("", "tiny: no case in cases/*.toml"),
        ("[cases]\n", "cases/bread.toml: cases: is unknown; a case begins with [[case]]"),
        ("case = 5\n", "cases/bread.toml: case: needs tables; begin each with [[case]]"),
        (HEAD, f"{AT}: expect: needs what must come, such as "),
        (HEAD + "expect = {}\n", f"{AT}: expect: needs what must come, such as "),
        (
            HEAD + "expect = { amount_fen = 5 }\n",
            f"{AT}: expect.amount_fen: is no answer to claim; known are outcome, code, facts",
        ),
        (HEAD.replace("claim", "clam") + EXPECT, f"{AT}: asks: is 'clam', needs one of assess, "),
        (HEAD.replace("2025-03-01", '"March"') + EXPECT, f"{AT}: on: is 'March', needs a date"),
        (HEAD.replace('"bread"', "7") + EXPECT, f"{AT}: programme: is 7, needs a text"),
        (HEAD + EXPECT + "colour = 1\n", f"{AT}: colour: is unknown; known are act, asks, "),
        (
            HEAD + EXPECT + "person = { hight = 1 }\n",
            f"{AT}: person.hight: is unknown; known are local, district, born_on, ",
        ),
        (
            HEAD + EXPECT + "course = { level = -1 }\n",
            f"{AT}: course.level: is -1, needs a whole number, 0 or more",
        ),
        (
            HEAD + EXPECT + "events = { birthday = 2025-01-01 }\n",
            f"{AT}: events: is 'birthday', needs one of issue, claim, enrolment, ",
        ),
        (
            HEAD + EXPECT + 'person = { groups = [{ name = "staff" }] }\n',
            f"{AT}: person.groups[1].since: is missing",
        ),
        (HEAD + EXPECT + "rows = []\n", f"{AT}: rows: needs a list of tables"),
        (
            HEAD + EXPECT + 'rows = [{ "on.day" = 5 }]\n',
            f"{AT}, row 1: on.day: on is no table",
        ),
        (
            HEAD + EXPECT + "act = {}\n",
            f"{AT}: act: is only for what asks function, word, workday; leave it",
        ),
        (
            HEAD.replace("claim", "function") + EXPECT + 'act = { function = "fly" }\n',
            f"{AT}: act.function: needs one of issue, claim, verify, ",
        ),
    ],
)
def test_a_fault_of_a_case_is_told_with_its_mend(cases: str, fault: str, tmp_path: Path) -> None:
    faults = found(tmp_path, cases)
    assert len(faults) == 1
    assert fault in faults[0]


def test_every_fault_of_every_case_is_listed_at_once(tmp_path: Path) -> None:
    cases = (
        HEAD
        + 'expect = { amount = 1 }\ncolour = 1\nrows = [{ "on" = 5 }, { "person" = 5 }]\n'
        + '[[case]]\nasks = "settle"\nexpect = { outcome = "no" }\n'
    )
    row, second = f"{AT}, row", "cases/bread.toml: case 2 (without a name):"
    assert [fault.split(" is ")[0].split(" needs ")[0] for fault in found(tmp_path, cases)] == [
        f"{row} 1: colour:",
        f"{row} 1: on:",
        f"{row} 1: expect.amount:",
        f"{row} 2: colour:",
        f"{row} 2: expect.amount:",
        f"{row} 2: person:",
        f"{second} name:",
        f"{second} programme:",
        f"{second} on:",
    ]


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        (
            ", level = 1 }",
            " }",
            "cannot be computed: course.level is missing; state it in the case",
        ),
        ('"bread"', '"cake"', "there is no programme cake"),
        (
            '"jobless"',
            '"joblss"',
            "person.groups: names 'joblss', which is no group of this place; known are jobless, "
            "staff; mend the case",
        ),
        (
            "expect =",
            'earlier = [{ programme = "cake", on = 2025-01-01 }]\nexpect =',
            "earlier: names 'cake', which is no programme of this place; known are bread; "
            "mend the case",
        ),
        ('"settle"', '"check-in"', "bread has no signing in to ask about"),
        ("39000", "39001", "amount_fen: expected 39001, came 39000"),
        ('outcome = "yes"', 'outcome = "no"', "outcome: expected 'no', came 'yes'"),
    ],
)
def test_a_case_that_comes_out_otherwise_says_how(
    old: str, new: str, difference: str, tmp_path: Path
) -> None:
    cases = tiny_place.CASES.replace(old, new)
    if "check-in" in new:
        cases = cases.replace(", amount_fen = 39000", "")
    (verdict,) = verdicts(tiny_place.written(tmp_path, cases=cases))
    assert verdict.differences == (difference,)


def test_a_tap_at_no_time_is_said_so() -> None:
    tap = Tap("soon", "9", "10", away_m=1, misread_m=1, accuracy_m=1)
    case = Case("c", "n", "p", "check-in", date(2026, 3, 9), Situation(tap=tap), {}, {})
    (verdict,) = run({"p": a_policy()}, [case])
    assert verdict.differences[0].startswith("cannot be computed: Invalid isoformat string: '9'")


def test_whoever_names_a_programme_is_told_to_name_its_place(tmp_path: Path) -> None:
    place = tiny_place.written(tmp_path)
    with pytest.raises(StepFailedError, match=f"name the place: {place}"):
        verdicts(place / "bread")

"""docs/policy.md explains every word of the grammar, and each of its examples loads."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from chalicelib.policy import Policy
from chalicelib.policy.check import faults
from chalicelib.policy.files import SHARED, Content, contents, programme_folders
from chalicelib.policy.place import assembled
from chalicelib.policy.units.amounts import CAPS, PAYEE_WORDS
from chalicelib.policy.units.standard import KEYS as STANDARD
from chalicelib.policy.vocabulary import DECLARED, PARAMETERS
from chalicelib.policy.words import LIST_UNIT
from chalicelib.rules.amount.rounding import ROUNDINGS
from chalicelib.rules.condition import WORDS
from chalicelib.rules.eligibility import Claiming
from chalicelib.rules.functions import Function
from chalicelib.rules.gates import GATES
from chalicelib.rules.lesson import Mode, Part
from chalicelib.rules.moves import Shape
from chalicelib.rules.situation import Event, Situation
from ops.cases import read_cases, run
from ops.cases.asks import ASKS
from ops.policies import verdicts
from tests.docs.pages import ROOT, blocks

PAGE = ROOT / "docs" / "policy.md"
TEXT = PAGE.read_text(encoding="utf-8")
YUNTING = ROOT / "policies" / "yunting"
BLOCKS = blocks(PAGE, "toml")
FILES = [block for block in BLOCKS if block.startswith("# island/")]
CASES = [block for block in BLOCKS if "[[case]]" in block and block not in FILES]
FRAGMENTS = [block for block in BLOCKS if block not in FILES and block not in CASES]

_VALUE = {"from", "unit", "value", "repealed", "source", "sample", "corrected", "governed_by"}
_LINES = {"percent", "name", "fund", "payee", "fen", "cost", "parts", "needs", "of", "below"}
_MORE = {"closed", "by", "up_to", "at_least", "months", "after", "late_per_absence", "until"}
_CASE = {"name", "programme", "asks", "on", "act", "expect", "rows", "code", "shape"}
_CAME = {"outcome", "code", "facts", "amount_fen", "due_fen", "parts", "debts", "debt_fen"}
_OFFERED = {"depends_on", "conditions"}


def _kept_by(kind: Any) -> Iterator[str]:
    """The names of a dataclass's fields and of theirs."""
    for each in get_args(kind):
        yield from _kept_by(each)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        for field in fields(kind):
            yield field.name
            yield from _kept_by(hints[field.name])


UNIT_WORDS = {unit for each in PARAMETERS.values() for unit in each.units} | {LIST_UNIT}
GRAMMAR = {
    *PARAMETERS,
    *UNIT_WORDS,
    *WORDS,
    *GATES,
    *STANDARD,
    *CAPS,
    *PAYEE_WORDS,
    *ROUNDINGS,
    *Event,
    *Shape,
    *Function,
    *Claiming,
    *Part,
    *Mode,
    *_VALUE,
    *_LINES,
    *_MORE,
}
OF_CASES = {*ASKS, *_CASE, *_CAME, *_OFFERED, *_kept_by(Situation)}


def _used(value: Any) -> Iterator[str]:
    """Every key and every text of a plain value; a row's path is the keys it goes through."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from key.split(".")
            yield from _used(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _used(inner)
    elif isinstance(value, str):
        yield value


USED = {word for block in BLOCKS for word in _used(tomllib.loads(block))}
TICKED = set(re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", TEXT, flags=re.S | re.M)))
EXPLAINED = {word for ticked in TICKED for word in re.findall(r"[\w-]+", ticked)}


@pytest.mark.parametrize("word", sorted(GRAMMAR | OF_CASES))
def test_every_word_is_explained_and_has_an_example(word: str) -> None:
    assert word in EXPLAINED
    assert word in USED


def test_every_word_that_a_table_explains_is_one_of_the_grammar() -> None:
    first_cells = re.findall(r"^\| (`[^|]+`) \|", TEXT, re.MULTILINE)
    words = {word for cell in first_cells for word in re.findall(r"`([\w-]+)`", cell)}
    assert len(words) > 100
    assert words <= GRAMMAR | OF_CASES


def test_a_parameter_stands_with_its_units() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (`[^|]+`) \|", TEXT, re.MULTILINE)
    told = {name: set(re.findall(r"`([\w-]+)`", cell)) for name, cell in rows if name in PARAMETERS}
    assert told == {name: set(each.units) for name, each in PARAMETERS.items()}


def _read(block: str, folder: Path) -> Content:
    (folder / "block").mkdir()
    (folder / "block" / "block.toml").write_text(block, encoding="utf-8")
    return contents(folder, [folder / "block"], [])["block"]["block.toml"]


def _without(files: dict[str, Content], names: set[str]) -> dict[str, Content]:
    return {
        file: {key: table for key, table in content.items() if key not in names}
        for file, content in files.items()
    }


def _first_word(block: str) -> str:
    return next(name for name in tomllib.loads(block) if name != "from")


@pytest.mark.parametrize("block", FRAGMENTS, ids=_first_word)
def test_an_example_stands_in_the_invented_place_without_a_fault(
    block: str, tmp_path: Path
) -> None:
    example = _read(block, tmp_path)
    names = {name for name in example if name != "from"}
    programme = "attendance-card" if "not_eligible_for" in names else "craft-class"
    shared = bool(names & DECLARED.keys())
    read = contents(YUNTING, [YUNTING / programme], [])
    for folder in (SHARED, programme):
        read[folder] = _without(read[folder], names)
    read[SHARED if shared else programme]["example.toml"] = example
    if shared:
        # What a place declares is looked at by itself: its programmes name what it no longer has.
        read[programme] = {}
    (document,) = assembled(read).values()
    said = {"place": "p", "programme": "p", "shape": "class", "name": {"zh-CN": "甲", "en": "A"}}
    assert faults(document | said if shared else document, whole=not shared) == ()


def test_the_cases_of_the_page_hold_in_the_invented_place(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "page.toml").write_text("\n".join(CASES), encoding="utf-8")
    documents = assembled(contents(YUNTING, programme_folders(YUNTING), []))
    policies = {name: Policy.of("", document) for name, document in documents.items()}
    found = run(policies, read_cases(tmp_path))
    assert [(each.case.where, each.differences) for each in found if not each.holds] == []


def test_the_place_that_the_page_builds_from_nothing_keeps_its_cases(tmp_path: Path) -> None:
    for block in FILES:
        path = tmp_path / block.splitlines()[0].removeprefix("# ")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block, encoding="utf-8")
    found = verdicts(tmp_path / "island")
    held = sum(verdict.holds for verdict in found)
    assert f"`{held} of {len(found)} cases hold`" in TEXT
    assert held == len(found) > 0


def test_a_place_that_was_written_from_this_page_alone_keeps_its_cases() -> None:
    found = verdicts(ROOT / "tests" / "policy" / "hillside")
    assert [each.case.where for each in found if not each.holds] == []
    assert len(found) > 30

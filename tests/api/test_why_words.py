"""Every step, gate, condition and reason of the grammar has words, in both languages."""

import re
from collections import defaultdict
from dataclasses import fields
from typing import Any

import pytest

from chalicelib.api import texts, why
from chalicelib.policy import inputs
from chalicelib.policy.vocabulary import ARITHMETIC, PARAMETERS, PAYMENT_GATES
from chalicelib.rules.amount import whole
from chalicelib.rules.amount.rounding import ROUNDINGS
from chalicelib.rules.condition import WORDS
from chalicelib.rules.decision import Outcome
from chalicelib.rules.situation import Event
from chalicelib.rules.trace import Ruling, Trace
from ops import policies
from tests.builders import POLICIES

ZH, EN = (why.words(language) for language in texts.LANGUAGES)
BOTH = pytest.mark.parametrize("told", [ZH, EN], ids=texts.LANGUAGES)
HAN = re.compile(r"[\u4e00-\u9fff]")
_OF_AMOUNTS = {"input_missing", "no_account", "paid", "claw_back", "overpaid"}
_ABSENT = {f"no_{name}" for name in ("standard", "ratio", "payee", "fund", "judged_on")}


@pytest.fixture(scope="module")
def taken() -> dict[str, set[str]]:
    """Every rule that a case of any place takes a step by, with the figures of its steps."""
    found: dict[str, set[str]] = defaultdict(set)
    added = Trace.add

    def noted(self: Trace, ruling: Ruling[Any], told: Any, result: Any) -> None:
        found[ruling.rule] |= told.keys()
        added(self, ruling, told, result)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Trace, "add", noted)
        for place in sorted(POLICIES.parent.iterdir()):
            policies.verdicts(place)
    return found


def test_both_catalogues_say_the_same_things() -> None:
    for part in (field.name for field in fields(why.Words) if field.name != "language"):
        assert getattr(ZH, part).keys() == getattr(EN, part).keys(), part


def test_chinese_words_are_chinese_and_english_ones_are_not() -> None:
    for part in ("rules", "steps", "conditions", "reasons", "facts", "events", "figures"):
        told = getattr(ZH, part).items()
        # A step that is only arithmetic is the same in every language.
        assert all(HAN.search(text) for _, text in told), part
        assert not any(HAN.search(text) for text in getattr(EN, part).values()), part


@BOTH
def test_every_parameter_condition_event_and_rounding_has_a_name(told: why.Words) -> None:
    assert told.rules.keys() >= PARAMETERS.keys()
    assert told.conditions.keys() == WORDS.keys()
    assert told.events.keys() == {event.value for event in Event}
    assert told.answers.keys() >= {*ROUNDINGS, *Outcome, "true", "false"}


@BOTH
def test_every_step_of_the_arithmetic_says_what_it_did(told: why.Words) -> None:
    assert told.steps.keys() >= ARITHMETIC | {"payee", "fund", "instalments", "claw_back"}


@BOTH
def test_every_reason_why_money_waits_has_a_sentence_and_no_other_has(told: why.Words) -> None:
    kept_back = {whole.NOTHING_DUE, whole.PAID_IN_PARTS, whole.TWO_PAYEES}
    others = {"not_eligible", "eligible_for_money", "held_by_office", "held_by_case", "withheld"}
    assert told.reasons.keys() == PAYMENT_GATES | _OF_AMOUNTS | _ABSENT | kept_back | others


@BOTH
def test_every_fact_that_can_be_missing_has_a_name(told: why.Words) -> None:
    tables = (inputs.CONDITIONS, inputs.FORMS, inputs.PARAMETERS)
    asked = {path for table in tables for paths in table.values() for path in paths}
    named = {path for path in asked if not path.startswith("events.")} - {"training_class"}
    assert told.facts.keys() >= named
    assert {path.removeprefix("events.") for path in asked - named} <= {
        *told.events,
        "training_class",
    }


@BOTH
def test_every_figure_of_every_step_that_a_case_takes_has_a_name(
    told: why.Words, taken: dict[str, set[str]]
) -> None:
    assert len(taken) > 20
    without = {
        f"{rule}: {name}"
        for rule, names in taken.items()
        for name in names - {"before_fen"} - told.figures.keys()
    }
    assert without == set()

"""What a policy's words ask for is enough: decisions on it alone are the same, to the byte."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.policy import Policy, decisions, digest, inputs, opening
from chalicelib.policy.place import read_place
from chalicelib.rules import plain, trace
from chalicelib.rules.condition import WORDS
from chalicelib.rules.history import Event as Told
from chalicelib.rules.situation import Situation, Spell
from ops.cases import read_cases
from tests.builders import POLICIES, a_policy

PLACES = sorted(path for path in POLICIES.parent.iterdir() if path.is_dir())
COMPILED = {
    place.name: {
        name: Policy.of(digest(document), document) for name, document in read_place(place).items()
    }
    for place in PLACES
}
CASES = [
    (COMPILED[place.name], case)
    for place in PLACES
    for case in read_cases(place)
    if case.asks in {"settle", "claim"}
]


def told_anew(situation: Situation, paths: frozenset[str]) -> Situation:
    """The situation with nothing but these inputs, as an item of a table would give it back."""
    kept = json.loads(json.dumps(inputs.only(plain.plain(situation), paths)))
    return plain.typed(Situation, kept)


def test_every_condition_says_what_it_asks_for() -> None:
    assert inputs.CONDITIONS.keys() == WORDS.keys()


def test_an_amount_is_the_same_from_what_the_policy_asks_for() -> None:
    settled = [(policies, case) for policies, case in CASES if case.asks == "settle"]
    assert len(settled) > 50
    for policies, case in settled:
        policy = policies[case.programme]
        whole = decisions.settle.decide(policy, case.situation, case.on)
        again = decisions.settle.decide(policy, told_anew(case.situation, policy.asked), case.on)
        assert again == whole, case.where
        assert trace.canonical(again.trace) == trace.canonical(whole.trace), case.where


def test_an_opening_is_the_same_from_what_its_event_keeps() -> None:
    claimed = [(policies, case) for policies, case in CASES if case.asks == "claim"]
    assert len(claimed) > 20
    for policies, case in claimed:
        policy = policies[case.programme]
        asked = {name: policies[name] for name in policy.read("not_eligible_for", case.on) or ()}
        whole = decisions.claim.open_to(policy, case.situation, case.on, asked)
        facts = opening.kept(policy, asked.values(), case.situation, opening.why(whole), case.on)
        judged, why = opening.judged_by(event(json.loads(json.dumps(facts)))) or ({}, "")
        again = opening.again(policy, asked, judged, case.on, claimed=True)
        assert (again.outcome, again.code) == (whole.outcome, whole.code), case.where
        assert opening.why(again) == why, case.where


def event(facts: dict[str, Any]) -> Told:
    return Told(1, "", "issue", "ISSUED", "p-1", "worker", "key", "body", facts, "")


GROUPS = ("registered-unemployed", "disabled", "employee", "veteran", "other")
DAYS = st.dates(date(2024, 1, 1), date(2027, 6, 1))
SPELLS = st.builds(Spell, st.sampled_from(GROUPS), DAYS, st.none() | DAYS)


@settings(max_examples=60, deadline=None)
@given(st.lists(SPELLS, max_size=4), st.booleans(), st.dates(date(2026, 1, 1), date(2026, 12, 1)))
def test_facts_that_do_not_hold_that_day_do_not_matter_to_it(
    spells: list[Spell], local: bool, on: date
) -> None:
    policy = a_policy()
    person = replace(Situation().person, groups=tuple(spells), local=local)
    situation = Situation(person)
    whole = decisions.claim.open_to(policy, situation, on, {})
    kept = inputs.of_the_day(situation, policy.asked_of_claimants, on)
    again = opening.again(policy, {}, kept, on, claimed=True)
    assert opening.why(again) == opening.why(whole)


@pytest.mark.parametrize("programme", ["social-training", "skill-certificate"])
def test_shanghai_asks_for_nothing_of_a_person_but_groups_hukou_and_work(programme: str) -> None:
    personal = {path for path in a_policy(programme).asked if path.startswith("person.")}
    assert personal <= {"person.employed", "person.groups", "person.local"}


def test_a_policy_of_former_days_asks_for_its_table_of_levels() -> None:
    value = {"from": "2026-01-01", "value": {"5": 160000}, "source": "sample"}
    former = {"standard": {"unit": "fen-by-level", "values": [value]}}
    assert inputs.asked(former, former) == {"course.level"}

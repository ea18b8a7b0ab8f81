"""Laws of every policy the grammar can say, in every situation it may meet."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from chalicelib import policy
from chalicelib.policy import Policy
from chalicelib.policy.check import faults
from chalicelib.policy.decisions import settle
from chalicelib.policy.place import read_place
from chalicelib.rules import trace
from chalicelib.rules.amount.parts import PAID, WHOLE
from chalicelib.rules.decision import AmountDecision, Outcome, Part
from chalicelib.rules.plain import plain, typed
from chalicelib.rules.situation import Event, Situation
from tests.policy import grammar, tiny_place

SEEDS = st.integers(0, 2**40)
DOCUMENTS = st.builds(grammar.document, SEEDS)
SITUATIONS = st.builds(lambda seed: typed(Situation, grammar.situation(seed)), SEEDS)
DAYS = st.dates(date(2025, 12, 1), date(2027, 6, 1))

# Faults that only say that a line is idle: laws hold for such documents too.
IDLE = ("never counts", "means nobody", "which no table of the standard has")
# Faults that a document of money alone cannot but have, or that another law is about.
ELSEWHERE = ("is missing; a programme", "does not ask for then", "is no gate it asks then")
ELSEWHERE += ("is no instalment", "after caps, and so past them")
TAKEN_BACK = [
    {"of": "advance", "by": "passed", "below": 70, "percent": 80},
    {"of": "middle", "closed": "result_needed", "percent": 33},
    {"of": "advance", "by": "employed", "below": 90, "percent": 50},
]


def compiled(document: dict[str, Any]) -> Policy:
    return Policy.of(policy.digest(document), document)


def decided(document: dict[str, Any], situation: Situation, on: date) -> AmountDecision:
    return settle.decide(compiled(document), situation, on)


def own_parts(found: AmountDecision) -> list[Part]:
    """The parts of the amount itself, which come before what others stack upon it."""
    named = [part for part in found.parts if part.instalment != WHOLE]
    return named or list(found.parts[:1])


def with_value(document: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    """The document with one parameter of one value, from the first day on."""
    changed = deepcopy(document)
    changed["parameters"][name] = {
        "unit": name.replace("_", "-"),
        "governed_by": "class-start",
        "values": [{"from": "2026-01-01", "source": "a test", "value": value}],
    }
    return changed


@given(DOCUMENTS)
@settings(max_examples=200, deadline=None)
def test_what_is_generated_is_said_in_the_grammar(document: dict[str, Any]) -> None:
    found = faults(document)
    assert [fault for fault in found if not any(word in fault for word in IDLE + ELSEWHERE)] == []


@given(DOCUMENTS, SITUATIONS, DAYS)
@settings(max_examples=200, deadline=None)
def test_no_amount_is_negative_and_every_debt_is_an_amount_of_its_own(
    document: dict[str, Any], situation: Situation, on: date
) -> None:
    found = decided(document, situation, on)
    event(f"{found.outcome} {found.code}")
    assert found.amount_fen >= 0
    assert all(type(part.amount_fen) is int and part.amount_fen >= 0 for part in found.parts)
    assert all(type(debt.amount_fen) is int and debt.amount_fen > 0 for debt in found.debts)


@given(DOCUMENTS, SITUATIONS, DAYS)
@settings(max_examples=200, deadline=None)
def test_parts_sum_to_the_whole(document: dict[str, Any], situation: Situation, on: date) -> None:
    found = decided(document, replace(situation, paid=()), on)
    event(f"{len(found.parts)} parts")
    assert sum(part.amount_fen for part in found.parts) == found.amount_fen
    assert found.debts == ()


@given(DOCUMENTS, SITUATIONS, DAYS)
@settings(max_examples=200, deadline=None)
def test_debts_are_set_off_to_the_fen(
    document: dict[str, Any], situation: Situation, on: date
) -> None:
    """Paid, still due and owed come to the whole less what the class, or a gate, takes back."""
    document = with_value(with_value(document, "fund", "f1"), "claw_back", TAKEN_BACK)
    paid = tuple(replace(each, fund="f1") for each in situation.paid)
    situation = replace(situation, paid=paid)
    apart = with_value(document, "offset", "none")
    against = decided(with_value(document, "offset", "against-paid"), situation, on)
    unpaid = decided(document, replace(situation, paid=()), on)
    whole_fen = sum(part.amount_fen for part in own_parts(unpaid))
    parts = own_parts(against)
    still_open = [p for p in parts if p.reason != PAID and p.outcome is not Outcome.NO]
    sums = {part.instalment: part.amount_fen for part in own_parts(unpaid)}
    exact = tuple(replace(each, amount_fen=sums.get(each.instalment, 0)) for each in paid)
    alone = tuple({each.instalment: each for each in exact}.values())
    clawed = decided(apart, replace(situation, paid=alone), on).debts
    taken_back_fen = sum(debt.amount_fen for debt in clawed if debt.reason == "claw_back")
    came_to = sum(p.amount_fen for p in parts) - sum(debt.amount_fen for debt in against.debts)
    event(f"open {bool(still_open)}, back {taken_back_fen > 0}")
    if still_open:
        assert came_to == whole_fen - taken_back_fen
    else:
        assert came_to <= whole_fen - taken_back_fen or parts == []
    kept = decided(apart, situation, on)
    left_fen = sum(debt.amount_fen for debt in kept.debts)
    assert sum(part.amount_fen for part in own_parts(kept)) - left_fen <= whole_fen


@given(DOCUMENTS, SITUATIONS, DAYS)
@settings(max_examples=200, deadline=None)
def test_no_amount_passes_a_cap_taken_last(
    document: dict[str, Any], situation: Situation, on: date
) -> None:
    caps = {"per_item_fen": 20001, "per_year_fen": 30001, "per_person_fen": 60001}
    capped = with_value(document, "caps", caps)
    del capped["parameters"]["order"]["values"][1:]
    (order,) = capped["parameters"]["order"]["values"]
    steps = [step for step in order["value"] if step not in ("caps", "instalments", "fixed")]
    order["value"] = [*steps, "caps"]
    found = decided(capped, replace(situation, paid=()), on)
    amount_fen = sum(part.amount_fen for part in own_parts(found))
    year = situation.day_of(Event.CLASS_START).year
    had = [each for each in situation.earlier if each.programme == "p"]
    in_year = sum(each.amount_fen for each in had if each.on.year == year)
    event(f"capped {amount_fen == 20001}")
    assert amount_fen <= 20001
    assert amount_fen <= max(0, 30001 - in_year)
    assert amount_fen <= max(0, 60001 - sum(each.amount_fen for each in had))


@given(DOCUMENTS, SITUATIONS, DAYS)
@settings(max_examples=200, deadline=None)
def test_the_trace_recomputes_from_plain_inputs_to_the_same_bytes(
    document: dict[str, Any], situation: Situation, on: date
) -> None:
    first = decided(document, situation, on)
    inputs = json.loads(json.dumps(plain(situation)))
    kept = json.loads(json.dumps(document, sort_keys=True))
    again = decided(kept, typed(Situation, inputs), on)
    assert trace.canonical(again.trace) == trace.canonical(first.trace)
    assert replace(again, trace=()) == replace(first, trace=())


@given(DOCUMENTS, SITUATIONS, DAYS)
@settings(max_examples=200, deadline=None)
def test_a_decision_is_the_same_told_or_untold(
    document: dict[str, Any], situation: Situation, on: date
) -> None:
    untold = settle.decide(compiled(document), situation, on, told=False)
    assert replace(decided(document, situation, on), trace=()) == untold


@given(DOCUMENTS, SITUATIONS, DAYS)
@settings(max_examples=200, deadline=None)
def test_the_order_of_keys_never_matters(
    document: dict[str, Any], situation: Situation, on: date
) -> None:
    turned = _turned(document)
    assert policy.digest(turned) == policy.digest(document)
    assert decided(turned, situation, on) == decided(document, situation, on)


def _turned(value: Any) -> Any:
    """The same with every table's keys the other way round; lists keep their order."""
    if isinstance(value, dict):
        return {key: _turned(inner) for key, inner in reversed(value.items())}
    return [_turned(inner) for inner in value] if isinstance(value, list) else value


@given(DOCUMENTS, DOCUMENTS, SITUATIONS, st.integers(1, 200))
@settings(max_examples=200, deadline=None)
def test_a_later_start_never_changes_an_earlier_day(
    document: dict[str, Any], later: dict[str, Any], situation: Situation, days: int
) -> None:
    """Whatever begins in July leaves what began before as it was; on its day it may count."""
    day = date.fromisoformat(grammar.LATER) - timedelta(days=days)
    situation = replace(situation, events={event_: day for event_ in Event})
    changed = deepcopy(document)
    for name, parameter in changed["parameters"].items():
        del parameter["values"][1:]
        for value in later["parameters"].get(name, {"values": ()})["values"][1:]:
            parameter["values"].append(value)
    assert decided(changed, situation, day) == decided(document, situation, day)


def test_the_names_and_the_order_of_files_never_matter(tmp_path: Path) -> None:
    here = tiny_place.written(tmp_path / "here")
    there = tiny_place.written(tmp_path / "there")
    (there / "bread" / "programme.toml").rename(there / "bread" / "z.toml")
    (there / "bread" / "amount.toml").rename(there / "bread" / "a.toml")
    both = [read_place(folder)["bread"] for folder in (here, there)]
    assert policy.digest(both[0]) == policy.digest(both[1])


JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-5, 5),
        st.floats(allow_nan=False),
        st.sampled_from(["", "2026-01-01", "g1", "percent", "standard"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["from", "value", "percent", "fen", "x"]), inner),
    ),
    max_leaves=6,
)


def _paths(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield way
    inner = value.items() if isinstance(value, dict) else ()
    for key, each in enumerate(value) if isinstance(value, list) else inner:
        yield from _paths(each, (*way, key))


@given(DOCUMENTS, st.data())
@settings(max_examples=200, deadline=None)
def test_a_spoilt_document_is_refused_or_sound_but_never_breaks_the_check(
    document: dict[str, Any], data: st.DataObject
) -> None:
    way = data.draw(st.sampled_from([way for way in _paths(document) if way]))
    spoilt = deepcopy(document)
    inside = spoilt
    for key in way[:-1]:
        inside = inside[key]
    inside[way[-1]] = data.draw(JSON)
    assert all(isinstance(fault, str) for fault in faults(spoilt))

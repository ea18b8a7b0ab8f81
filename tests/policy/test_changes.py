"""What a new version may change: from its day on everything, before it nothing uncorrected."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.policy.changes import Change, changes, fault, past_changes
from tests.builders import a_policy

PROPOSED, EFFECTIVE = date(2026, 6, 1), date(2026, 7, 1)
A_DAY = timedelta(days=1)
START = "2026-03-01"
OLD = {"from": START, "value": 3, "source": "notice"}


def a_document(*values: dict[str, Any], **more: Any) -> dict[str, Any]:
    parameters = {"filing_lead": {"unit": "calendar-day", "values": deepcopy(list(values))}} | more
    return {"programme": "p", "shape": "class", "name": {"en": "P"}, "parameters": parameters}


def a_value(since: date, value: int = 5, **more: Any) -> dict[str, Any]:
    return {"from": since.isoformat(), "value": value, "source": "notice"} | more


def corrected(on: date, why: str = "a slip") -> dict[str, Any]:
    return {"corrected": {"on": on.isoformat(), "why": why}}


def told(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [fault(change) for change in past_changes(before, after, EFFECTIVE, PROPOSED)]


@pytest.mark.parametrize(("days", "free"), [(-1, False), (0, True), (1, True)])
def test_a_value_appears_and_disappears_freely_from_the_day_of_effect_on(
    days: int, free: bool
) -> None:
    since = EFFECTIVE + days * A_DAY
    alone, both = a_document(OLD), a_document(OLD, a_value(since))
    where = f"filing_lead: the value from {since}"
    assert told(alone, both) == ([] if free else [f"{where} is new"])
    assert told(both, alone) == ([] if free else [f"{where} is gone"])
    other = a_document(OLD, a_value(since, 7))
    assert told(both, other) == ([] if free else [f"{where} differs"])


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        (PROPOSED - A_DAY, False),
        (PROPOSED, True),
        (PROPOSED + A_DAY, True),
        (EFFECTIVE, True),
        (EFFECTIVE + A_DAY, False),
    ],
)
def test_a_correction_is_dated_from_its_proposal_to_its_effect(on: date, counts: bool) -> None:
    mended = a_document(OLD | {"value": 4} | corrected(on))
    assert (told(a_document(OLD), mended) == []) is counts


@pytest.mark.parametrize("mark", [{}, {"on": "2026-06-15"}, {"on": "2026-06-15", "why": ""}, "yes"])
def test_a_correction_without_a_reason_is_none(mark: object) -> None:
    assert told(a_document(OLD), a_document(OLD | {"value": 4, "corrected": mark}))


def test_a_correction_once_made_stands_itself() -> None:
    mended = a_document(OLD | {"value": 4} | corrected(date(2026, 5, 1)))
    assert told(mended, mended) == []
    assert told(mended, a_document(OLD | {"value": 4}))


def test_a_value_that_never_should_have_been_is_repealed_from_its_day_as_a_correction() -> None:
    repealed = {"from": START, "repealed": True, "source": "notice"}
    assert told(a_document(OLD), a_document(repealed))
    assert told(a_document(OLD), a_document(repealed | corrected(EFFECTIVE))) == []
    assert told(a_document(OLD), a_document()) == [f"filing_lead: the value from {START} is gone"]


def test_sources_marks_of_samples_and_names_may_be_mended() -> None:
    mended = a_document(OLD | {"source": "notice, section 3", "sample": True})
    assert told(a_document(OLD), mended | {"name": {"en": "Q"}}) == []


def test_another_shape_or_place_is_another_programme() -> None:
    old = a_document(OLD) | {"place": "shanghai"}
    assert told(old, old | {"shape": "certificate"}) == ["shape was 'class', is 'certificate'"]
    assert told(old, old | {"place": "elsewhere"}) == ["place was 'shanghai', is 'elsewhere'"]
    assert told(a_document(OLD), old) == []


@pytest.mark.parametrize("key", ["unit", "governed_by"])
def test_what_has_no_day_changes_only_with_every_earlier_value_corrected(key: str) -> None:
    old, new = a_document(OLD, a_value(EFFECTIVE)), a_document(OLD, a_value(EFFECTIVE))
    new["parameters"]["filing_lead"][key] = "other"
    assert len(told(old, new)) == 1
    new["parameters"]["filing_lead"]["values"][0] |= corrected(EFFECTIVE)
    assert told(old, new) == []


def test_a_parameter_that_begins_with_the_version_may_be_said_anew() -> None:
    old, new = a_document(a_value(EFFECTIVE)), a_document(a_value(EFFECTIVE))
    new["parameters"]["filing_lead"]["unit"] = "working-day"
    assert told(old, new) == []


@pytest.mark.parametrize("unit", ["names", "occupation-list"])
def test_a_shared_list_comes_and_goes_whole_with_what_speaks_of_it(unit: str) -> None:
    without = a_document(OLD)
    listed = a_document(OLD, urgent={"unit": unit, "values": [OLD | {"value": ["养老护理员"]}]})
    assert told(without, listed) == told(listed, without) == []
    longer = deepcopy(listed)
    longer["parameters"]["urgent"]["values"][0]["value"].append("家政服务员")
    assert told(listed, longer) == [f"urgent: the value from {START} differs"]


def test_holidays_come_with_the_first_working_days_and_not_after_them() -> None:
    days = {"unit": "holidays", "values": [OLD | {"value": {"off": ["2026-10-01"]}}]}
    assert told(a_document(OLD), a_document(OLD, holidays=days)) == []
    working = {"notice": {"unit": "working-day", "values": [a_value(EFFECTIVE)]}}
    assert told(a_document(OLD, **working), a_document(OLD, **working, holidays=days))


def test_every_fault_is_told() -> None:
    old = a_document(OLD, a_value(date(2026, 4, 1)))
    new = a_document(OLD | {"value": 4}, fund={"unit": "fund", "values": [OLD]})
    assert told(old, new) == [
        f"filing_lead: the value from {START} differs",
        "filing_lead: the value from 2026-04-01 is gone",
        f"fund: the value from {START} is new",
    ]


def test_a_change_carries_both_sides_and_what_differs_between_them() -> None:
    after = OLD | {"value": 5, "source": "law"}
    [change] = changes(a_document(OLD), a_document(after))
    assert change == Change("filing_lead", "value", START, OLD, after)
    assert change.differing == {"value", "source"}
    [gone] = changes(a_document(OLD), a_document())
    assert (gone.after, gone.differing) == (None, {"from", "value", "source"})


WHEN = st.dates(date(2026, 1, 1), date(2026, 12, 31))
VALUES = st.dictionaries(WHEN, st.integers(0, 3), max_size=5).map(
    lambda chosen: [a_value(since, value) for since, value in sorted(chosen.items())]
)


@given(VALUES, VALUES, WHEN)
def test_a_version_without_faults_gives_every_earlier_day_the_value_it_had(
    old: list[dict[str, Any]], new: list[dict[str, Any]], effective: date
) -> None:
    before, after = a_document(*old), a_document(*new)
    if past_changes(before, after, effective, effective):
        return
    was, is_ = ([value for value in side if value["from"] < f"{effective}"] for side in (old, new))
    assert was == is_


@given(VALUES, VALUES)
def test_changes_there_and_back_are_each_others_mirror(
    old: list[dict[str, Any]], new: list[dict[str, Any]]
) -> None:
    before, after = a_document(*old), a_document(*new)
    there, back = changes(before, after), changes(after, before)
    assert [(c.since, c.before, c.after) for c in there] == [
        (c.since, c.after, c.before) for c in back
    ]
    assert (there == ()) is (before == after)


def test_shanghais_documents_differ_from_themselves_in_nothing() -> None:
    document = {"shape": "class", "parameters": dict(a_policy().parameters)}
    assert changes(document, deepcopy(document)) == ()

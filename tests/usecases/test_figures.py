"""Whose figures anybody sees, what stands beside them, and what one answer costs."""

from collections import Counter
from math import ceil
from typing import Any

import pytest

from chalicelib.errors import CityError
from chalicelib.rules import figures, ids
from chalicelib.rules.counting import Step
from chalicelib.rules.figures import CITY, Cell, Dimension, Figure, Target
from chalicelib.rules.ids import PersonId
from chalicelib.rules.principal import Principal, Right
from chalicelib.store import figures as kept
from chalicelib.store import table
from chalicelib.usecases import count, show_figures
from tests import seeding
from tests.builders import MONDAY, a_voucher
from tests.seeding import CITY_OFFICE, INSTITUTION, official
from tests.units.meter import metered

CITY_OFFICIAL = official("staff-city", Right.FIGURES_VIEW, office=CITY_OFFICE)
DISTRICT = official("staff-district", Right.FIGURES_VIEW)
DESK = official("staff-desk", Right.FIGURES_VIEW, office=INSTITUTION)


@pytest.mark.parametrize(
    ("who", "district", "institution", "scope"),
    [
        (CITY_OFFICIAL, None, None, "city"),
        (CITY_OFFICIAL, "310115", None, "district:310115"),
        (CITY_OFFICIAL, None, INSTITUTION.id, f"institution:{INSTITUTION.id}"),
        (DISTRICT, None, None, "district:310104"),
        (DISTRICT, "310104", None, "district:310104"),
        (DESK, None, None, f"institution:{INSTITUTION.id}"),
        (DESK, None, INSTITUTION.id, f"institution:{INSTITUTION.id}"),
    ],
)
def test_the_city_sees_everybodys_figures_and_everybody_else_his_own(
    who: Principal, district: str | None, institution: str | None, scope: str
) -> None:
    assert show_figures.scope(who, district, institution) == scope


@pytest.mark.parametrize(
    ("who", "district", "institution", "code"),
    [
        (CITY_OFFICIAL, "310115", INSTITUTION.id, "bad_value"),
        (DISTRICT, "310115", None, "not_your_district"),
        (DISTRICT, None, INSTITUTION.id, "not_found"),
        (DESK, None, "52319999X8HNU81Y1N", "not_found"),
        (DESK, "310104", None, "not_found"),
        (official("nobody"), None, None, "right_missing"),
        (seeding.worker("p-1"), None, None, "right_missing"),
    ],
)
def test_other_peoples_figures_are_not_shown(
    who: Principal, district: str | None, institution: str | None, code: str
) -> None:
    with pytest.raises(CityError) as refused:
        show_figures.scope(who, district, institution)
    assert refused.value.code == code


def test_a_district_is_not_told_apart_by_districts() -> None:
    with pytest.raises(CityError) as refused:
        show_figures.page("district:310104", Dimension.DISTRICT, None, "", MONDAY)
    assert (refused.value.code, refused.value.field) == ("bad_value", "by")


@pytest.mark.usefixtures("aws_city")
def test_a_target_stands_beside_its_counts_and_counts_leave_it_alone() -> None:
    target = Target("social-training", "310101", "2026", 500, 50)
    assert kept.aim(target)
    assert not kept.aim(target)
    count.count([a_voucher()])
    assert kept.aim(Target("social-training", "310101", "2026", 600, 60))
    for scope, by in ((CITY, Dimension.DISTRICT), ("district:310101", Dimension.PROGRAMME)):
        period, rows, _ = show_figures.page(scope, by, None, "", MONDAY)
        assert period == "2026"
        assert rows[0].aimed == {Figure.ISSUED: 600, Figure.USED: 60}
        assert rows[0].counts == {Figure.ISSUED: 1}


def read_units(items: list[dict[str, Any]]) -> float:
    """What an eventually consistent Query of these items costs: half a unit per 4 KB.

    A number is taken as long as its text, which DynamoDB stores in half of it.
    """
    size = sum(
        len(name) + len(text)
        for item in items
        for name, value in item.items()
        for text in value.values()
    )
    return ceil(size / 4096) / 2


@pytest.mark.usefixtures("aws_city")
def test_the_widest_answer_is_one_query_of_at_most_ten_read_units() -> None:
    # More institutions than fit, two funds each, every number as long as the city's could be.
    wide = Counter(dict.fromkeys(Figure, 10**13))
    by = CITY, Dimension.INSTITUTION, "2026", "social-vocational-skills-training-2026"
    for n in range(80):
        funds = ("", "a" * 32, "b" * 32)
        cells = {Cell(*by, f"52319999X8HNU8{n:04}", fund): wide for fund in funds}
        voucher_id = ids.voucher_id(PersonId(f"p-{n}"), "social-training", "2026", 1)
        kept.add([Step(voucher_id, 0, 1, dict(cells))])
    read: list[dict[str, Any]] = []
    events = table.connection().client.meta.events
    watch = "after-call.dynamodb.Query"

    def note(parsed: Any, **_: Any) -> None:
        read.extend(parsed["Items"])

    events.register(watch, note, unique_id="figures")
    with metered() as units:
        _, rows, following = show_figures.page(CITY, Dimension.INSTITUTION, None, "", MONDAY)
    events.unregister(watch, note, unique_id="figures")
    assert (units.calls, len(rows), bool(following)) == (1, 66, True)
    assert 5 < read_units(read) <= 10


def test_every_scope_has_its_own_dimensions() -> None:
    assert figures.dimensions(CITY) == frozenset(Dimension)
    assert Dimension.INSTITUTION in figures.dimensions(figures.of_district("310104"))
    assert Dimension.INSTITUTION not in figures.dimensions(figures.of_institution("x"))

"""Figures: what each event adds, and that no order of hearing changes what it comes to."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules import counting, eligibility, figures, voucher
from chalicelib.rules.figures import Cell, Cells, Dimension, Figure
from chalicelib.rules.moves import MOVES, Shape, Verb
from chalicelib.rules.situation import Situation
from chalicelib.rules.voucher import Voucher
from tests import groups
from tests.builders import FACTS, INSTITUTION, MONDAY, a_command, a_person, a_policy, a_voucher

FUND = "employment-subsidy"
PAID = (
    *(Verb.CLAIM, Verb.VERIFY, Verb.ENROL, Verb.ASSESS, Verb.PROPOSE, Verb.APPROVE),
    *(Verb.PAY, Verb.WRITE_OFF),
)


def of(
    cells: Cells, by: Dimension, value: str, fund: str = "", scope: str = figures.CITY
) -> dict[Figure, int]:
    """What stands in one cell of the class programme."""
    return dict(cells[Cell(scope, by, "2026", "social-training", value, fund)])


def moved(before: Voucher, verb: Verb, days: int) -> Voucher:
    """The voucher after one more move, so many days after Monday."""
    command = a_command(f"day-{days:04}", at=MONDAY + timedelta(days=days))
    return voucher.move(before, verb, command, FACTS.get(verb, {}))


def test_a_voucher_paid_in_full_counts_once_at_every_stage_and_its_money_by_fund() -> None:
    cells = counting.total([a_voucher(verbs=PAID)])
    stages = (Figure.ISSUED, Figure.CLAIMED, Figure.VERIFIED, Figure.USED, Figure.SETTLED)
    assert of(cells, Dimension.PROGRAMME, "social-training") == dict.fromkeys(stages, 1)
    money = {Figure.APPROVED_FEN: 160000, Figure.PAID_FEN: 160000}
    assert of(cells, Dimension.PROGRAMME, "social-training", FUND) == money


def test_a_certificate_is_used_when_it_is_assessed_and_a_check_in_when_it_is_enrolled() -> None:
    assessed = counting.total([a_voucher(Shape.CERTIFICATE, verbs=(Verb.CLAIM, Verb.ASSESS))])
    cell = Cell(figures.CITY, Dimension.PROGRAMME, "2026", "skill-certificate", "skill-certificate")
    assert assessed[cell][Figure.USED] == 1
    way = (Verb.CLAIM, Verb.VERIFY, Verb.ENROL, Verb.CLOSE)
    closed = counting.total([a_voucher(Shape.CHECK_IN, verbs=way)])
    cell = Cell(figures.CITY, Dimension.PROGRAMME, "2026", "check-in", "check-in")
    assert closed[cell][Figure.USED] == 1


def test_a_return_counts_in_its_own_month_and_leaves_the_month_of_the_payment_as_it_was() -> None:
    returned = moved(a_voucher(verbs=PAID), Verb.RETURN, days=31)
    cells = counting.total([returned])
    assert of(cells, Dimension.MONTH, "2026-03")[Figure.SETTLED] == 1
    assert of(cells, Dimension.MONTH, "2026-04") == {Figure.SETTLED: -1}
    assert of(cells, Dimension.MONTH, "2026-04", FUND) == {Figure.RETURNED_FEN: 160000}
    assert of(cells, Dimension.PROGRAMME, "social-training")[Figure.SETTLED] == 0


def test_an_event_counts_where_the_voucher_stood_after_it() -> None:
    elsewhere = {**FACTS[Verb.ENROL], "district": "310115"}
    verified = a_voucher(verbs=(Verb.CLAIM, Verb.VERIFY))
    enrolled = voucher.move(verified, Verb.ENROL, a_command("enrol-01"), elsewhere)
    cells = counting.total([enrolled])
    assert Figure.USED not in of(cells, Dimension.DISTRICT, "310101")
    assert of(cells, Dimension.DISTRICT, "310115") == {Figure.USED: 1}
    institutions = of(cells, Dimension.INSTITUTION, INSTITUTION)
    assert institutions == {Figure.VERIFIED: 1, Figure.USED: 1}
    own = of(cells, Dimension.MONTH, "2026-03", scope=figures.of_institution(INSTITUTION))
    assert own == institutions


def test_the_month_is_shanghais() -> None:
    # 00:30 on the first of April in Shanghai is still March in UTC.
    night = MONDAY.replace(month=4, day=1, hour=0, minute=30)
    cells = counting.total([a_voucher(at=night)])
    assert of(cells, Dimension.MONTH, "2026-04") == {Figure.ISSUED: 1}


def test_a_voucher_of_before_groups_were_kept_counts_as_unknown() -> None:
    assert of(counting.total([a_voucher()]), Dimension.GROUP, figures.UNKNOWN)


def test_the_group_counted_is_one_that_made_the_person_eligible() -> None:
    both = a_person(groups.EMPLOYEE, groups.AGREEMENT_INSURED, local=False)
    day = date(2026, 3, 2)
    lines = a_policy().eligible(day)
    known = Situation(both.known)
    assert eligibility.counted_group(lines, known, day) == groups.EMPLOYEE
    assert eligibility.counted_group((), known, day) == groups.AGREEMENT_INSURED
    assert eligibility.counted_group(lines, known, date(2024, 1, 1)) is None


@st.composite
def lives(draw: st.DrawFn) -> Voucher:
    """A voucher after some legal moves over the years."""
    living = a_voucher(draw(st.sampled_from(Shape)))
    for step in range(draw(st.integers(0, 24))):
        table = MOVES[living.shape]
        open_ = [verb for verb, (sources, _) in table.items() if living.state in sources]
        if not open_:
            break
        living = moved(living, draw(st.sampled_from(open_)), days=20 * step)
    return living


def heard(living: Voucher, versions: Sequence[int], most: int) -> tuple[Cells, int]:
    """What is counted after hearing these versions in this order, and up to where."""
    cells: Cells = {}
    counted = 0
    for version in versions:
        for step in counting.steps(voucher.as_of(living, version), counted, most):
            assert step.counted == counted
            for cell, added in step.cells.items():
                cells.setdefault(cell, Counter()).update(added)
            counted = step.version
    return cells, counted


@given(st.data(), lives(), st.integers(1, 60))
def test_whatever_is_heard_twice_or_late_each_event_counts_once(
    data: st.DataObject, living: Voucher, most: int
) -> None:
    some = data.draw(st.lists(st.integers(1, living.version), max_size=12))
    everything = data.draw(st.permutations([*some, living.version]))
    cells, counted = heard(living, everything, most)
    assert cells == counting.total([living])
    assert counting.steps(living, counted, most) == []


@given(st.lists(lives(), max_size=8), st.integers(30, 60))
def test_packs_hold_every_step_in_order_and_no_more_than_fits(
    living: list[Voucher], most: int
) -> None:
    steps = [step for each in living for step in counting.steps(each, 0, most - 1)]
    packs = list(counting.packed(steps, most))
    assert [step for pack in packs for step in pack] == steps
    for pack in packs:
        ids = [step.voucher_id for step in pack]
        assert len(set(ids)) == len(ids)
        assert len(ids) + len(counting.summed(pack)) <= most


def test_a_voucher_with_nothing_new_makes_no_step() -> None:
    proposed = a_voucher(verbs=PAID[:5])
    assert counting.steps(proposed, proposed.version - 1, 60) == []

"""Counting on real tables: whatever the stream repeats or reorders, the sums are the vouchers'."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.rules import counting, ids, voucher
from chalicelib.rules.figures import CITY, Cell, Cells, Dimension, Figure, Row
from chalicelib.rules.ids import PersonId
from chalicelib.rules.moves import Verb
from chalicelib.rules.voucher import Terms, Voucher
from chalicelib.store import figures as kept
from chalicelib.usecases import count
from tests.builders import FACTS, MONDAY, a_command, a_voucher

pytestmark = pytest.mark.usefixtures("aws_city")

WAY = (
    *(Verb.CLAIM, Verb.VERIFY, Verb.ENROL, Verb.ASSESS, Verb.PROPOSE, Verb.APPROVE),
    *(Verb.PAY, Verb.WRITE_OFF, Verb.RETURN),
)
DISTRICTS = ("310101", "310104", "310105", "310106", "310107", "310109")


def a_life(n: int, moves: int) -> Voucher:
    """The n-th person's voucher after its first moves, a month between any two."""
    person = PersonId(f"p-{n}")
    blank = replace(
        a_voucher(),
        id=ids.voucher_id(person, "social-training", "2026", 1),
        terms=Terms(district=DISTRICTS[n % len(DISTRICTS)], group="employee"),
        history=(),
    )
    living = voucher.issue(blank, a_command("issue-01"))
    for step, verb in enumerate(WAY[:moves]):
        command = a_command(f"{verb}-{n:05}", at=MONDAY + timedelta(days=30 * step))
        living = voucher.move(living, verb, command, FACTS.get(verb, {}))
    return living


def in_the_table(by: Dimension = Dimension.MONTH) -> Cells:
    """The city's cells as they are kept."""
    rows, following = kept.page(CITY, by, "2026", "", 500)
    assert following == ""
    return {
        Cell(CITY, by, "2026", row.programme, row.value, fund): Counter(sums)
        for row in rows
        for fund, sums in {"": row.counts, **row.money}.items()
        if sums
    }


def of(vouchers: list[Voucher], by: Dimension = Dimension.MONTH) -> Cells:
    """The city's cells as the vouchers make them."""
    whole = counting.total(vouchers)
    return {cell: sums for cell, sums in whole.items() if (cell.scope, cell.by) == (CITY, by)}


def test_every_version_heard_in_any_order_and_twice_counts_each_event_once() -> None:
    living = [a_life(n, n % (len(WAY) + 1)) for n in range(40)]
    heard = [voucher.as_of(each, v) for each in living for v in range(1, each.version + 1)] * 2
    random.Random(4).shuffle(heard)
    for start in range(0, len(heard), 100):
        count.count(heard[start : start + 100])
    for by in Dimension:
        assert in_the_table(by) == of(living, by)


def test_what_is_counted_already_is_written_no_more() -> None:
    living = [a_life(n, 3) for n in range(5)]
    assert count.count(living)[Figure.ISSUED] == 5
    assert count.count(living) == {}
    assert count.count([voucher.as_of(each, 2) for each in living]) == {}


def test_many_who_count_the_same_vouchers_at_once_count_them_once() -> None:
    living = [a_life(n, n % 5) for n in range(12)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: count.count(living), range(4)))
    assert in_the_table() == of(living)


def test_a_life_that_touches_more_cells_than_one_transaction_holds_is_counted_in_steps() -> None:
    living = a_life(1, len(WAY))
    for turn in range(15):
        for verb in (Verb.PAY, Verb.WRITE_OFF, Verb.RETURN):
            command = a_command(f"{verb}-{turn:04}", at=MONDAY + timedelta(days=300 + 40 * turn))
            living = voucher.move(living, verb, command, {})
    assert len(counting.total([living])) > kept.TOGETHER
    assert count.count([living])[Figure.ISSUED] == 1
    assert in_the_table() == of([living])


def test_pages_go_on_where_the_last_one_ended_and_tear_no_row_apart() -> None:
    count.count([a_life(1, len(WAY))])
    whole, after = kept.page(CITY, Dimension.MONTH, "2026", "", 500)
    assert after == ""
    rows: list[Row] = []
    while not rows or after:
        page, after = kept.page(CITY, Dimension.MONTH, "2026", after, 3)
        rows += page
    assert rows == whole
    assert any(row.counts and row.money for row in rows)

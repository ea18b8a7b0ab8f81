"""Recount: what the stream never told is counted, once, and everything else left as it is."""

import pytest

from chalicelib.errors import Forbidden
from chalicelib.jobs import batches
from chalicelib.rules.figures import CITY, Dimension, Figure
from chalicelib.rules.moves import Verb
from chalicelib.rules.principal import Right
from chalicelib.rules.run import Run, RunState
from chalicelib.store import figures, runs, vouchers
from chalicelib.usecases import count, recount
from tests import seeding
from tests.builders import a_command, a_voucher
from tests.jobs.test_run_queues import an_event, waiting
from tests.usecases.test_count import a_life

pytestmark = pytest.mark.usefixtures("aws_city")

OPERATOR = seeding.official("operator", Right.FIGURES_COUNT, office=seeding.CITY_OFFICE)


def counted_again(key: str) -> Run:
    """The operator's run, worked to its end."""
    run = recount.ask_recount(OPERATOR, a_command(key, actor=OPERATOR.subject))
    for message in waiting("BATCHES"):
        assert batches.consume_batches(an_event(message), None) == {"batchItemFailures": []}
    return runs.load(run.id)


def test_what_the_stream_lost_is_counted_and_the_rest_left() -> None:
    living = [a_life(n, 3) for n in range(30)]
    vouchers.create_all(living)
    count.count(living[:10])
    first, second = counted_again("count-0001"), counted_again("count-0002")
    assert (first.state, first.rows, first.applied, first.existed) == (RunState.DONE, 30, 20, 10)
    assert (second.rows, second.applied, second.existed) == (30, 0, 30)
    (row,), _ = figures.page(CITY, Dimension.PROGRAMME, "2026", "", 10)
    assert (row.counts[Figure.ISSUED], row.counts[Figure.USED]) == (30, 30)


def test_nobody_orders_it_without_the_right() -> None:
    vouchers.create(a_voucher(verbs=[Verb.CLAIM]))
    with pytest.raises(Forbidden, match="right_missing"):
        recount.ask_recount(seeding.official("nobody"), a_command("count-0001"))

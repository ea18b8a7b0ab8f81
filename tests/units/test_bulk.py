"""What a batch asks of DynamoDB: a page of the register by one read, 25 vouchers by one write."""

from collections import Counter

import pytest

from chalicelib.rules.run import RunState
from chalicelib.usecases import work_run
from tests import big_register
from tests.builders import MONDAY
from tests.units.meter import recorded


@pytest.mark.usefixtures("aws_city")
def test_a_page_is_one_read_and_25_vouchers_one_write() -> None:
    big_register.publish_without_limit()
    big_register.register(60)
    run = big_register.batch()
    with recorded() as calls:
        done = work_run.work_run(run.id, MONDAY, lambda: False)
    assert (done.state, done.applied, done.rows) == (RunState.DONE, 60, 60)
    assert Counter(calls) == {
        "Scan people_table": 1,
        "BatchExecuteStatement": 3,
        "GetItem runs_table": 1,
        "PutItem runs_table": 2,  # the page's outcome, then the checkpoint
        "GetItem programmes_table": 2,  # the policy, once in a process
    }

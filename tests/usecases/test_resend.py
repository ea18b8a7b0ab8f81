"""Resend: what happened in a span is due again, whatever became of it and whoever lost it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.errors import Forbidden, Invalid
from chalicelib.jobs import batches
from chalicelib.rules import voucher
from chalicelib.rules.moves import Verb
from chalicelib.rules.outgoing import Delivery
from chalicelib.rules.principal import Right
from chalicelib.rules.run import Run, RunState
from chalicelib.rules.voucher import Voucher
from chalicelib.store import cases, outbox, runs, vouchers
from chalicelib.usecases import ask_resend, hear_national, repeat
from tests import money, seeding
from tests.builders import MONDAY, a_command, a_voucher
from tests.following import at_the_platform, follow
from tests.jobs.test_run_queues import an_event, waiting

pytestmark = pytest.mark.usefixtures("aws_city")

TUESDAY = MONDAY + timedelta(days=1)
OPERATOR = seeding.official("operator", Right.NATIONAL_RESEND, office=seeding.CITY_OFFICE)


def told_of_two_days() -> Voucher:
    """A voucher issued on Monday and claimed on Tuesday, told and acknowledged."""
    born = replace(a_voucher(), person_id=money.learner(1))
    claimed = voucher.move(born, Verb.CLAIM, a_command("claim-01", at=TUESDAY), {})
    vouchers.create(claimed)
    follow((None, claimed))
    at_the_platform()
    told = [f"{claimed.id}.1", f"{claimed.id}.2"]
    hear_national.acknowledge(told, a_command("taken", actor="urn:national:sample"))
    return claimed


def resent(days: int = 7, key: str = "resend-01") -> Run:
    """The operator's run over so many days from Monday, worked to its end."""
    command = a_command(key, actor=OPERATOR.subject)
    span = (MONDAY, MONDAY + timedelta(days=days))
    run = ask_resend.ask_resend(OPERATOR, *span, command)
    for message in waiting("BATCHES"):
        assert batches.consume_batches(an_event(message), None) == {"batchItemFailures": []}
    return runs.load(run.id)


def delivery(event_id: str) -> Delivery:
    (row,) = outbox.load_all([event_id])
    return row.delivery


def sums(run: Run) -> tuple[int, int, int]:
    assert run.state is RunState.DONE
    return run.rows, run.applied, run.existed


def test_the_events_of_the_span_are_due_again_and_no_others() -> None:
    made = told_of_two_days()
    assert sums(resent(days=1)) == (1, 1, 0)
    assert delivery(f"{made.id}.1") is Delivery.DUE
    assert delivery(f"{made.id}.2") is Delivery.DONE
    repeat.repeat(TUESDAY + timedelta(days=400), lambda: False)
    assert [event["id"] for event in at_the_platform()] == [f"{made.id}.1"]


def test_the_same_span_again_finds_it_due() -> None:
    told_of_two_days()
    assert sums(resent()) == (2, 2, 0)
    assert sums(resent(key="resend-02")) == (2, 0, 2)


def test_what_the_stream_lost_is_kept_and_sent() -> None:
    made = told_of_two_days()
    lost = voucher.move(made, Verb.VERIFY, a_command("verify-01", at=TUESDAY), {"code_step": 1})
    vouchers.save(made, lost)
    assert sums(resent()) == (3, 3, 0)
    assert [event["id"] for event in at_the_platform()] == [f"{made.id}.3"]


def test_what_was_refused_is_told_again_and_its_case_is_decided() -> None:
    made = told_of_two_days()
    resent()
    refusal = a_command("refused", actor="urn:national:sample")
    hear_national.refuse(f"{made.id}.2", "person_unknown", refusal)
    assert len(cases.open_of(made.id)) == 1
    resent(key="resend-02")
    assert cases.open_of(made.id) == []
    assert delivery(f"{made.id}.2") is Delivery.DUE


def test_a_span_without_time_and_a_caller_without_the_right_are_refused() -> None:
    command = a_command()
    with pytest.raises(Invalid, match="empty_span"):
        ask_resend.ask_resend(OPERATOR, MONDAY, MONDAY, command)
    with pytest.raises(Forbidden, match="right_missing"):
        ask_resend.ask_resend(seeding.official("other"), MONDAY, TUESDAY, command)

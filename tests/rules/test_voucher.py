"""The table of moves, and the history that replays to the voucher."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import Conflict
from chalicelib.rules import history, voucher
from chalicelib.rules.due import due_of
from chalicelib.rules.moves import MOVES, Shape, State, Verb
from tests.builders import FACTS, a_command, a_voucher

TO_PAID = (
    *(Verb.CLAIM, Verb.VERIFY, Verb.ENROL, Verb.ASSESS, Verb.PROPOSE),
    *(Verb.APPROVE, Verb.PAY, Verb.WRITE_OFF),
)


def test_a_class_voucher_goes_from_issue_to_write_off() -> None:
    paid = a_voucher(verbs=TO_PAID)
    assert paid.state is State.WRITTEN_OFF
    assert paid.version == 9


def test_a_returned_payment_brings_the_voucher_back_to_approved() -> None:
    assert a_voucher(verbs=(*TO_PAID, Verb.RETURN)).state is State.APPROVED


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", Verb)
def test_every_cell_of_the_table_moves_or_refuses(shape: Shape, state: State, verb: Verb) -> None:
    start = replace(a_voucher(shape), state=state)
    sources, to = MOVES[shape].get(verb, (frozenset[State](), state))
    if state in sources:
        moved = voucher.move(start, verb, a_command(), {})
        assert (moved.state, moved.version) == (to, start.version + 1)
    else:
        with pytest.raises(Conflict, match="not_in_state"):
            voucher.move(start, verb, a_command(), {})


def test_a_check_in_voucher_can_never_reach_money() -> None:
    assert not {Verb.ASSESS, Verb.PROPOSE, Verb.APPROVE, Verb.PAY} & MOVES[Shape.CHECK_IN].keys()


def test_an_issue_only_voucher_is_enrolled_from_claimed_and_never_verified() -> None:
    used = a_voucher(Shape.ISSUE_ONLY, verbs=(Verb.CLAIM, Verb.ENROL, Verb.ASSESS))
    assert used.state is State.ASSESSED
    assert Verb.VERIFY not in MOVES[Shape.ISSUE_ONLY]


@pytest.mark.parametrize("unfinished", [True, None])
@pytest.mark.parametrize("shape", [Shape.CLASS, Shape.ISSUE_ONLY])
def test_a_used_voucher_expires_only_where_the_unfinished_do(
    shape: Shape, unfinished: bool | None
) -> None:
    way = (
        [Verb.CLAIM, Verb.VERIFY, Verb.ENROL] if shape is Shape.CLASS else [Verb.CLAIM, Verb.ENROL]
    )
    used = a_voucher(shape, verbs=way)
    covered = replace(used, terms=replace(used.terms, ends_at=None, expires_unfinished=unfinished))
    assert covered.expirable is bool(unfinished)
    assert covered.in_validity_only(Verb.ASSESS) is bool(unfinished)
    assert not replace(covered, state=State.ASSESSED).expirable
    due = due_of(covered)
    assert (due is not None and due.work.startswith("expire")) is bool(unfinished)


def test_a_check_in_voucher_whose_class_ends_in_time_closes_and_does_not_expire() -> None:
    used = a_voucher(Shape.CHECK_IN, verbs=[Verb.CLAIM, Verb.VERIFY, Verb.ENROL])
    covered = replace(used, terms=replace(used.terms, expires_unfinished=True))
    late = replace(covered, terms=replace(covered.terms, ends_at="2027-03-01T12:00:00+08:00"))
    assert (covered.expirable, late.expirable) == (False, True)


@given(st.lists(st.sampled_from(list(Verb)), max_size=25), st.sampled_from(list(Shape)))
def test_replaying_the_history_gives_the_voucher(verbs: list[Verb], shape: Shape) -> None:
    made = a_voucher(shape)
    for n, verb in enumerate(verbs):
        try:
            made = voucher.move(made, verb, a_command(f"key-{n:04}"), FACTS.get(verb, {}))
        except Conflict:
            continue
    again = voucher.replayed(made, made.history)
    assert again.state is made.state
    assert again.terms == made.terms
    assert history.broken_at(made.history) is None


def test_replay_names_an_event_that_is_no_move() -> None:
    claimed = a_voucher(verbs=(Verb.CLAIM,))
    forged = history.append(claimed.history, "approve", "APPROVED", a_command("key-9999"), {})
    with pytest.raises(ValueError, match="event 3"):
        voucher.replayed(claimed, forged)


def test_a_changed_event_breaks_the_chain_where_it_stands() -> None:
    made = a_voucher(verbs=(Verb.CLAIM, Verb.VERIFY))
    tampered = (made.history[0].replace("p-worker", "p-others"), *made.history[1:])
    assert history.broken_at(made.history) is None
    assert history.broken_at(tampered) == 2


def test_a_missing_event_breaks_the_chain() -> None:
    made = a_voucher(verbs=(Verb.CLAIM, Verb.VERIFY))
    assert history.broken_at((made.history[0], made.history[2])) == 2


def test_the_sixty_first_event_is_refused() -> None:
    made = a_voucher(verbs=TO_PAID[:5])
    while made.version < history.LIMIT:
        made = voucher.move(made, Verb.DEFER, a_command(f"key-{made.version:04}"), {})
    with pytest.raises(Conflict, match="history_full"):
        voucher.move(made, Verb.DEFER, a_command("key-last"), {})


def test_an_event_of_an_ordinary_request_takes_at_most_360_bytes() -> None:
    key = "0b9f6d3e-6f1c-4d49-9a53-8c0f8f5f2d11"
    made = a_voucher(verbs=(Verb.CLAIM, Verb.VERIFY))
    command = a_command(key, actor="staff-310101-01", role="social-institution", body="b" * 22)
    short = voucher.move(made, Verb.ENROL, command, {"class_id": "c-" + "a" * 26})
    assert len(short.history[-1].encode()) <= 360


def test_the_voucher_is_void_at_the_very_instant_of_expiry() -> None:
    made = a_voucher()
    at = voucher.calendar.instant(made.expires_at)
    assert not made.expired(at - voucher.calendar.minutes(1))
    assert made.expired(at)
    assert made.expired(at + voucher.calendar.minutes(1))

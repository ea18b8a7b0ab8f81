"""Where a voucher stands by its lines: whatever the order in which the bank speaks of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import Conflict
from chalicelib.rules import line, standing, voucher
from chalicelib.rules.line import LINE_MOVES, LineState, LineVerb
from chalicelib.rules.moves import State, Verb
from chalicelib.rules.standing import stands
from tests.builders import a_command, a_line, a_voucher

APPROVED = (Verb.CLAIM, Verb.VERIFY, Verb.ENROL, Verb.ASSESS, Verb.PROPOSE, Verb.APPROVE)
LINES = st.lists(st.sampled_from([None, *LineState]), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ([LineState.DUE, LineState.HELD], State.APPROVED),
        ([LineState.SENT, LineState.DUE], State.PAYING),
        ([LineState.PAID, LineState.HELD], State.PAYING),
        ([LineState.PAID, None], State.PAYING),
        ([LineState.PAID, LineState.PAID], State.WRITTEN_OFF),
        ([LineState.PAID, LineState.REJECTED], State.APPROVED),
        ([LineState.RETURNED, LineState.SENT], State.APPROVED),
    ],
)
def test_a_voucher_stands_where_its_lines_put_it(
    lines: list[LineState | None], state: State
) -> None:
    assert stands(lines) is stands(lines[::-1]) is state


@given(LINES)
def test_written_off_is_paid_to_the_last_line_and_nothing_else_is(
    lines: list[LineState | None],
) -> None:
    assert (stands(lines) is State.WRITTEN_OFF) is all(one is LineState.PAID for one in lines)


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(list(LineVerb))), max_size=20))
def test_whatever_happens_to_its_lines_in_any_order_the_voucher_follows(
    happened: list[tuple[int, LineVerb]],
) -> None:
    owner, lines = a_voucher(verbs=APPROVED), [a_line() for _ in range(3)]
    for n, (which, verb) in enumerate(happened):
        try:
            lines[which] = line.move(lines[which], verb, a_command(f"word-{n:04}"), {})
        except Conflict:
            continue
        states = [one.state for one in lines]
        if verb not in {LineVerb.HOLD, LineVerb.RELEASE, LineVerb.ACCEPT}:
            wanted = standing.verb(verb, owner.state, states)
            if wanted:
                owner = voucher.move(owner, wanted, a_command(f"move-{n:04}"), {})
        assert owner.state is stands(states)


@pytest.mark.parametrize(
    ("verb", "before"),
    [
        (LineVerb.SEND, State.APPROVED),
        (LineVerb.PAY, State.PAYING),
        (LineVerb.REJECT, State.PAYING),
        (LineVerb.RETURN, State.WRITTEN_OFF),
    ],
)
def test_the_only_line_of_a_voucher_never_moves_without_it(verb: LineVerb, before: State) -> None:
    assert standing.verb(verb, before, [LINE_MOVES[verb][1]]) in set(Verb)

"""The payment line: what the bank's word does in each state."""

from itertools import permutations

import pytest

from chalicelib.errors import Conflict
from chalicelib.rules import line
from chalicelib.rules.line import LINE_MOVES, BankWord, Line, LineState, LineVerb, Verdict
from tests.builders import a_command, a_line

BANK_VERBS = (LineVerb.ACCEPT, LineVerb.PAY, LineVerb.REJECT, LineVerb.RETURN)


def word(
    verb: LineVerb, about: Line, *, attempt: int = 1, amount_fen: int | None = None
) -> BankWord:
    return BankWord(verb, about.id, attempt, amount_fen or about.amount_fen)


@pytest.mark.parametrize("state", LineState)
@pytest.mark.parametrize("verb", LineVerb)
def test_every_cell_of_the_lines_table_moves_or_refuses(state: LineState, verb: LineVerb) -> None:
    sources, to = LINE_MOVES[verb]
    if state in sources:
        assert line.move(a_line(state), verb, a_command(), {}).state is to
    else:
        with pytest.raises(Conflict, match="not_in_state"):
            line.move(a_line(state), verb, a_command(), {})


@pytest.mark.parametrize("state", LineState)
@pytest.mark.parametrize("verb", BANK_VERBS)
def test_a_word_is_applied_only_where_the_table_allows_it(state: LineState, verb: LineVerb) -> None:
    verdict = line.weigh(word(verb, a_line()), a_line(state))
    assert (verdict is Verdict.APPLY) == (state in LINE_MOVES[verb][0])


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        (LineVerb.PAY, LineState.REJECTED),
        (LineVerb.REJECT, LineState.PAID),
        (LineVerb.RETURN, LineState.REJECTED),
        (LineVerb.PAY, LineState.HELD),
    ],
)
def test_a_contradiction_is_quarantined(verb: LineVerb, state: LineState) -> None:
    assert line.weigh(word(verb, a_line()), a_line(state)) is Verdict.QUARANTINE


def test_a_word_about_a_stranger_another_attempt_or_amount_is_quarantined() -> None:
    sent = a_line(LineState.SENT)
    assert line.weigh(word(LineVerb.PAY, sent), None) is Verdict.QUARANTINE
    assert line.weigh(word(LineVerb.PAY, sent, attempt=2), sent) is Verdict.QUARANTINE
    assert line.weigh(word(LineVerb.PAY, sent, amount_fen=1), sent) is Verdict.QUARANTINE


@pytest.mark.parametrize(
    "order",
    sorted(set(permutations([LineVerb.ACCEPT, LineVerb.PAY, LineVerb.PAY, LineVerb.RETURN]))),
)
def test_every_order_of_the_banks_words_ends_the_same(order: tuple[LineVerb, ...]) -> None:
    """An early word comes again later, as the queue brings it."""
    waiting, at = list(order), a_line(LineState.SENT)
    while waiting:
        verb = waiting.pop(0)
        verdict = line.weigh(word(verb, at), at)
        assert verdict is not Verdict.QUARANTINE
        if verdict is Verdict.EARLY:
            waiting.append(verb)
        if verdict is Verdict.APPLY:
            at = line.move(at, verb, a_command(), {})
    assert at.state is LineState.RETURNED


def test_a_line_held_over_and_over_keeps_room_for_the_bank() -> None:
    found = a_line()
    for _ in range(25):
        found = line.move(found, LineVerb.HOLD, a_command(), {})
        found = line.move(found, LineVerb.RELEASE, a_command(), {})
    with pytest.raises(Conflict, match="history_full"):
        line.move(found, LineVerb.HOLD, a_command(), {})
    for verb in (LineVerb.SEND, *BANK_VERBS[:2], LineVerb.RETURN):
        found = line.move(found, verb, a_command(), {})
    assert found.state is LineState.RETURNED


def test_a_line_is_shown_as_it_stood_after_an_event() -> None:
    held = line.move(line.born(a_line(), a_command()), LineVerb.HOLD, a_command(), {})
    due = line.move(held, LineVerb.RELEASE, a_command(), {})
    assert line.as_of(due, 2) == held

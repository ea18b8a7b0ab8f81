"""Shares: what a decision comes to fund by fund, and what a voucher of two funds tells."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules import counting, figures, history, line, notice, record, voucher
from chalicelib.rules.amount import whole
from chalicelib.rules.decision import AMOUNT, AmountDecision, Debt, Outcome, Part
from chalicelib.rules.figures import Cell, Dimension, Figure
from chalicelib.rules.line import LineState, LineVerb
from chalicelib.rules.moves import Verb
from chalicelib.rules.notice import Kind
from chalicelib.rules.shares import Share, by_fund
from chalicelib.rules.voucher import Terms, Voucher
from tests.builders import FACTS, INSTITUTION, MONDAY, a_command, a_line, a_voucher

PROGRAMME = "social-training"
CITY, DISTRICT = "employment-subsidy", "district-310101"
WAY = (Verb.CLAIM, Verb.VERIFY, Verb.ENROL, Verb.ASSESS, Verb.PROPOSE, Verb.APPROVE, Verb.PAY)
SHARES = [[CITY, "worker", 120_000], [DISTRICT, "institution", 40_000]]


@pytest.fixture(autouse=True)
def _topped_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FACTS, Verb.PROPOSE, FACTS[Verb.PROPOSE] | {"shares": SHARES})


def a_part(fund: str = CITY, payee: str = "worker", fen: int = 5, reason: str = "") -> Part:
    outcome = Outcome.WAITING if reason else Outcome.YES
    return Part("whole", fund, payee, fen, outcome, reason)


CLOSED = replace(a_part(DISTRICT, reason="rating_needed"), outcome=Outcome.NO)


def decided(*parts: Part, debts: tuple[Debt, ...] = ()) -> AmountDecision:
    total_fen = sum(part.amount_fen for part in parts)
    return AmountDecision(
        Outcome.YES, AMOUNT, amount_fen=total_fen, parts=tuple(parts), debts=debts
    )


def told(made: Voucher, verb: Verb, fund: str) -> Voucher:
    """The voucher after something happened to the fund's line."""
    [share] = [share for share in made.terms.owed if share.fund == fund]
    facts = {"line_id": made.line_of(share)}
    return voucher.move(made, verb, a_command(f"{verb}-{made.version:04}"), facts)


def counted(made: Voucher, fund: str) -> dict[Figure, int]:
    cell = Cell(figures.CITY, Dimension.PROGRAMME, "2026", PROGRAMME, PROGRAMME, fund)
    return dict(counting.total([made])[cell])


def notices(made: Voucher) -> list[tuple[Kind, int | None]]:
    events = history.events(made.history)
    return [(one.kind, one.amount_fen) for one in notice.of_events(made, events)][1:]


PARTS = st.builds(
    a_part, st.sampled_from([CITY, DISTRICT]), st.sampled_from(["worker", "institution"]),
    st.integers(0, 10**6),
)  # fmt: skip


@given(st.lists(PARTS, max_size=6))
def test_shares_sum_to_the_parts_and_none_is_empty(parts: list[Part]) -> None:
    shares = whole.shares(decided(*parts))
    assert sum(by_fund(shares).values()) == sum(part.amount_fen for part in parts)
    assert all(share.amount_fen > 0 for share in shares)
    assert len({(share.fund, share.payee) for share in shares}) == len(shares)


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (decided(a_part(), a_part(DISTRICT)), ""),
        (decided(a_part(), a_part(fen=7)), ""),
        (decided(a_part(), a_part(DISTRICT, reason="rating_needed")), "rating_needed"),
        (decided(a_part(), CLOSED), ""),
        (decided(a_part(), a_part(payee="institution")), "fund_pays_two"),
        (decided(a_part(fen=0), a_part(DISTRICT, fen=0)), "nothing_due"),
        (decided(replace(a_part(), instalment="advance")), "paid_in_parts"),
        (decided(a_part(), debts=(Debt("whole", CITY, 5, "overpaid"),)), "paid_in_parts"),
        (AmountDecision(Outcome.NO, AMOUNT, "no_ratio"), "no_ratio"),
    ],
)
def test_a_decision_is_paid_at_once_or_says_what_keeps_it(
    decision: AmountDecision, code: str
) -> None:
    assert whole.kept_back(decision) == code


def test_a_part_kept_back_for_good_is_no_share() -> None:
    assert whole.shares(decided(a_part(), CLOSED)) == (Share(CITY, "worker", 5),)


def test_terms_from_before_there_were_shares_owe_one_to_who_paid() -> None:
    old = Terms(paid_by="worker", fund=CITY, amount_fen=5)
    assert (old.owed, Terms().owed) == ((Share(CITY, "worker", 5),), ())


def test_a_payee_is_who_the_word_means() -> None:
    made = a_voucher(verbs=WAY)
    assert [made.payee(word) for word in ("worker", "institution", "enterprise")] == [
        *(made.person_id, INSTITUTION, None)
    ]


def test_figures_count_each_fund_s_share_and_of_it_what_came_back() -> None:
    paid = voucher.move(a_voucher(verbs=WAY), Verb.WRITE_OFF, a_command("paid-001"), {})
    assert counted(paid, CITY) == {Figure.APPROVED_FEN: 120_000, Figure.PAID_FEN: 120_000}
    both = {Figure.APPROVED_FEN: 40_000, Figure.PAID_FEN: 40_000}
    assert counted(paid, DISTRICT) == both
    back = told(paid, Verb.RETURN, DISTRICT)
    assert counted(back, DISTRICT) == {**both, Figure.RETURNED_FEN: 40_000}
    assert Figure.RETURNED_FEN not in counted(back, CITY)
    assert counted(back, "")[Figure.SETTLED] == 0
    again = told(back, Verb.RETURN, CITY)
    assert counted(again, CITY)[Figure.RETURNED_FEN] == 120_000
    assert counted(again, "")[Figure.SETTLED] == 0


def test_a_share_paid_anew_counts_anew_and_the_other_does_not() -> None:
    paid = voucher.move(a_voucher(verbs=WAY), Verb.WRITE_OFF, a_command("paid-001"), {})
    anew = told(told(paid, Verb.RETURN, DISTRICT), Verb.PAY, DISTRICT)
    anew = told(anew, Verb.WRITE_OFF, DISTRICT)
    assert counted(anew, DISTRICT)[Figure.PAID_FEN] == 80_000
    assert counted(anew, CITY)[Figure.PAID_FEN] == 120_000


def test_what_came_back_before_the_write_off_was_never_counted_as_paid() -> None:
    back = told(a_voucher(verbs=WAY), Verb.RETURN, CITY)
    assert counted(back, CITY) == {Figure.APPROVED_FEN: 120_000}
    assert Figure.SETTLED not in counted(back, "")


def test_a_worker_is_told_of_his_own_share_alone() -> None:
    made = a_voucher(verbs=WAY)
    assert notices(told(made, Verb.REJECT, DISTRICT)) == []
    assert notices(told(made, Verb.REJECT, CITY)) == [(Kind.NEEDS_ACCOUNT, 120_000)]
    paid = voucher.move(made, Verb.WRITE_OFF, a_command("paid-001"), {})
    assert notices(paid) == [(Kind.PAID, 120_000)]
    assert notices(told(paid, Verb.RETURN, DISTRICT)) == [(Kind.PAID, 120_000)]


def test_a_record_shows_every_fund_s_payment_and_counts_what_arrived() -> None:
    sent = line.move(line.born(a_line(), a_command()), LineVerb.SEND, a_command("send-001"), {})
    paid = line.move(sent, LineVerb.PAY, a_command("pay-0001"), {})
    lines = [paid, replace(sent, fund=DISTRICT, amount_fen=40_000)]
    found = record.entry(a_voucher(verbs=WAY), None, (), lines, MONDAY)
    assert [one.state for one in found.payments] == [LineState.PAID, LineState.SENT]
    assert record.totals([found]).paid_fen == paid.amount_fen
    alone = record.entry(a_voucher(verbs=WAY), None, (), lines[:1], MONDAY)
    assert record.digest([found]) != record.digest([alone])

"""What a worker is told, and that no occasion is told twice or missed for good."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules import calendar, history, notice
from chalicelib.rules.moves import Shape, Verb
from chalicelib.rules.notice import Kind
from tests.builders import FACTS, MONDAY, a_voucher

PAID = (
    *(Verb.CLAIM, Verb.VERIFY, Verb.ENROL, Verb.ASSESS, Verb.PROPOSE),
    *(Verb.APPROVE, Verb.PAY, Verb.WRITE_OFF),
)
NEW_YEAR = datetime(2027, 1, 1, tzinfo=calendar.SHANGHAI)


def kinds(*verbs: Verb) -> list[str]:
    made = a_voucher(verbs=verbs)
    return [told.kind for told in notice.of_events(made, history.events(made.history))]


def test_a_paid_worker_is_told_of_the_issue_and_of_the_money() -> None:
    assert kinds(*PAID) == [Kind.ISSUED, Kind.PAID]


def test_money_paid_anew_after_a_return_is_told_as_another_occasion() -> None:
    made = a_voucher(verbs=(*PAID, Verb.RETURN, Verb.PAY, Verb.WRITE_OFF))
    told = list(notice.of_events(made, history.events(made.history)))
    assert [each.kind for each in told] == [Kind.ISSUED, Kind.PAID, Kind.RETURNED, Kind.PAID]
    assert len({each.id for each in told}) == 4
    assert told[1].amount_fen == 160_000


def test_a_bank_that_rejects_the_account_makes_it_needed() -> None:
    assert kinds(*PAID[:-1], Verb.REJECT) == [Kind.ISSUED, Kind.NEEDS_ACCOUNT]


def test_money_of_an_institution_is_not_told_to_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    fee = {"paid_by": "institution", "payee_id": "91310101MA1FTEST0A"}
    monkeypatch.setitem(FACTS, Verb.ENROL, FACTS[Verb.ENROL] | fee)
    assert kinds(*PAID) == [Kind.ISSUED]


@pytest.mark.parametrize(
    ("days_left", "kind"),
    [
        (31, None),
        (30, Kind.EXPIRES_IN_30_DAYS),
        (8, Kind.EXPIRES_IN_30_DAYS),
        (7, Kind.EXPIRES_IN_7_DAYS),
        (1, Kind.EXPIRES_IN_7_DAYS),
        (0, None),
    ],
)
def test_a_mark_stays_due_until_the_next_so_that_a_missed_day_is_caught_up(
    days_left: int, kind: Kind | None
) -> None:
    told = notice.of_expiry(a_voucher(), NEW_YEAR - timedelta(days=days_left))
    assert (told and told.kind) == kind


def test_a_used_voucher_is_not_reminded_of_its_expiry() -> None:
    used = a_voucher(verbs=(Verb.CLAIM, Verb.VERIFY, Verb.ENROL))
    assert notice.of_expiry(used, NEW_YEAR - timedelta(days=7)) is None


@given(days=st.lists(st.integers(0, 40), min_size=1, max_size=60))
def test_whatever_days_the_schedule_ran_no_mark_is_told_twice(days: list[int]) -> None:
    ran = [notice.of_expiry(a_voucher(), NEW_YEAR - timedelta(days=left)) for left in days]
    ids = {told.id for told in ran if told}
    assert len(ids) == len({told.kind for told in ran if told}) <= 2


def test_a_certificate_voucher_that_was_assessed_is_used() -> None:
    assert notice.of_expiry(a_voucher(Shape.CERTIFICATE), NEW_YEAR - timedelta(days=3))
    assessed = a_voucher(Shape.CERTIFICATE, verbs=(Verb.CLAIM, Verb.ASSESS))
    assert notice.of_expiry(assessed, NEW_YEAR - timedelta(days=3)) is None


def test_notices_of_two_vouchers_kinds_or_occasions_have_ids_of_their_own() -> None:
    told = notice.of_event(a_voucher(), history.read(a_voucher().history[0]))
    assert told is not None
    assert told.at == calendar.text(MONDAY)
    assert told.id != notice.notice_id(told.voucher.id, Kind.ISSUED, "2")

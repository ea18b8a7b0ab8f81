"""What a district decides about a line: stop it, let it go, with a reason, once."""

from dataclasses import replace

import pytest

from chalicelib.errors import Conflict, Forbidden, Invalid, KeyReused, NotFound
from chalicelib.rules.ids import LineId
from chalicelib.rules.line import Line, LineState
from chalicelib.rules.principal import Right
from chalicelib.store import cases
from chalicelib.usecases import hold, list_budgets, list_cases, list_lines, release
from tests import money, seeding
from tests.money import APPROVER, DISTRICT, PROPOSER, STANDARD_FEN, command
from tests.usecases.test_propose_to_settle import open_case

pytestmark = pytest.mark.usefixtures("aws_city")

WATCHER = seeding.official("watcher", Right.CASE_VIEW, Right.BUDGET_VIEW)


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    money.open_books()


@pytest.fixture
def due(_city: None) -> Line:
    paid = money.assessed(1)
    money.settled()
    return money.line_of(paid)


@pytest.fixture
def held(_city: None) -> Line:
    paid = money.assessed(1)
    open_case(paid)
    money.settled()
    return money.line_of(paid)


def test_a_release_ends_the_cases_with_its_reason_and_the_line_is_due(held: Line) -> None:
    done = release.release(PROPOSER, held.id, " looked at ", command("release-01"))
    assert done.state is LineState.DUE
    assert cases.open_of(held.voucher_id) == []
    assert list_lines.held(PROPOSER, DISTRICT, "", 100) == ([], "")


def test_releasing_twice_answers_the_same_and_another_body_is_refused(held: Line) -> None:
    done = release.release(PROPOSER, held.id, "looked at", command("release-01"))
    hold.hold(PROPOSER, held.id, "again", command("hold-01"))
    assert release.release(PROPOSER, held.id, "looked at", command("release-01")) == done
    with pytest.raises(KeyReused):
        release.release(
            PROPOSER, held.id, "looked at", replace(command("release-01"), body="other")
        )


def test_a_due_line_is_not_released_and_a_held_one_not_held(due: Line) -> None:
    with pytest.raises(Conflict, match="not_in_state"):
        release.release(PROPOSER, due.id, "looked at", command("release-01"))
    done = hold.hold(PROPOSER, due.id, "look at it", command("hold-01"))
    assert hold.hold(PROPOSER, due.id, "look at it", command("hold-01")) == done
    with pytest.raises(Conflict, match="not_in_state"):
        hold.hold(PROPOSER, due.id, "look at it", command("hold-02"))


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201])
def test_a_decision_needs_a_reason_somebody_can_read(held: Line, reason: str) -> None:
    with pytest.raises(Invalid, match="bad_value"):
        release.release(PROPOSER, held.id, reason, command("release-01"))


def test_another_district_s_line_is_not_found(held: Line) -> None:
    office = replace(seeding.DISTRICT_OFFICE, district="310101")
    stranger = seeding.official("stranger", Right.LINE_HOLD, Right.LINE_RELEASE, office=office)
    for decide in (hold.hold, release.release):
        with pytest.raises(NotFound):
            decide(stranger, held.id, "reason", command("decide-01", actor="stranger"))
        with pytest.raises(NotFound):
            decide(PROPOSER, LineId("l-none"), "reason", command("decide-01"))
        with pytest.raises(Forbidden, match="right_missing"):
            decide(APPROVER, held.id, "reason", command("decide-01", actor="approver"))
    with pytest.raises(Forbidden, match="not_your_district"):
        list_lines.held(stranger, DISTRICT, "", 100)


def test_what_a_district_has_to_look_at_is_listed(held: Line) -> None:
    assert list_lines.held(PROPOSER, DISTRICT, "", 100) == ([held], "")
    (case,), following = list_cases.open_cases(WATCHER, DISTRICT, "", 100)
    assert (case.voucher_id, case.outcome, following) == (held.voucher_id, "outside", "")
    with pytest.raises(Forbidden, match="not_your_district"):
        list_cases.open_cases(WATCHER, "310101", "", 100)


def test_budgets_are_shown_to_who_may_see_them(due: Line) -> None:
    (budget,) = list_budgets.budgets(WATCHER)
    assert (budget.granted_fen, budget.reserved_fen) == (10 * STANDARD_FEN, STANDARD_FEN)
    with pytest.raises(Forbidden, match="right_missing"):
        list_budgets.budgets(PROPOSER)

"""Budgets and proposals: what fits, and that nobody approves his own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import Conflict, Forbidden
from chalicelib.rules.history import Command, broken_at, events
from chalicelib.rules.ids import ProposalId, VoucherId
from chalicelib.rules.settlement import (
    Budget,
    Entry,
    Proposal,
    ProposalState,
    ProposalVerb,
    approved,
    as_of,
    check_second_person,
    drafted,
    longest_prefix,
    move,
)
from tests.builders import a_command


def entries(*amounts_fen: int) -> tuple[Entry, ...]:
    return tuple(
        Entry(VoucherId(f"v-{n}"), fen, "0" * 32, version=5) for n, fen in enumerate(amounts_fen)
    )


@given(st.lists(st.integers(1, 10**6), max_size=30), st.integers(0, 10**7))
def test_the_prefix_fits_and_no_longer_one_does(amounts: list[int], available: int) -> None:
    count = longest_prefix(entries(*amounts), available)
    assert sum(amounts[:count]) <= available
    assert count == len(amounts) or sum(amounts[: count + 1]) > available


@pytest.mark.parametrize(("available", "count"), [(299, 2), (300, 3), (301, 3)])
def test_the_last_fen_counts(available: int, count: int) -> None:
    assert longest_prefix(entries(100, 100, 100), available) == count


def a_proposal(*amounts_fen: int) -> Proposal:
    """A proposal by staff-1 before its first event."""
    return Proposal(
        *(ProposalId("s-1"), "social-training", "310101", "employment-subsidy", 2026),
        *(ProposalState.DRAFT, entries(*amounts_fen), 0, "staff-1", None, "key", "body", ()),
    )


def by(actor: str) -> Command:
    return a_command("key-0001", actor=actor)


def test_nobody_approves_what_he_proposed() -> None:
    check_second_person(a_proposal(1), "staff-2")
    with pytest.raises(Forbidden, match="same_person"):
        check_second_person(a_proposal(1), "staff-1")


def test_a_proposal_remembers_who_did_what_and_how_it_stood_then() -> None:
    proposed = move(drafted(a_proposal(5, 7), by("staff-1")), ProposalVerb.PROPOSE, by("staff-1"))
    one = approved(proposed, 1, by("staff-2"))
    done = move(one, ProposalVerb.SETTLE, by("settlements"))
    assert [(event.do, event.by) for event in events(done.history)] == [
        *(("draft", "staff-1"), ("propose", "staff-1")),
        *(("approve", "staff-2"), ("settle", "settlements")),
    ]
    assert broken_at(done.history) is None
    assert [as_of(done, n) for n in (2, 3, 4)] == [proposed, one, done]
    assert (done.approved, done.deferred) == (done.entries[:1], done.entries[1:])


@pytest.mark.parametrize("verb", [ProposalVerb.APPROVE, ProposalVerb.SETTLE])
def test_a_draft_is_neither_approved_nor_settled(verb: ProposalVerb) -> None:
    with pytest.raises(Conflict, match="not_in_state"):
        move(drafted(a_proposal(5), by("staff-1")), verb, by("staff-2"))


def test_a_budget_balances_or_not() -> None:
    assert Budget("f", 2026, 100, 50, 30, 20, 0).balanced
    assert not Budget("f", 2026, 100, 50, 30, 21, 0).balanced
    assert not Budget("f", 2026, 100, 150, -50, 0, 0).balanced

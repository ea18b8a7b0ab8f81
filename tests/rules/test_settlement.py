"""Budgets and proposals: what fits, and that nobody approves his own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import Forbidden
from chalicelib.rules.ids import ProposalId, VoucherId
from chalicelib.rules.settlement import (
    Budget,
    Entry,
    Proposal,
    ProposalState,
    check_second_person,
    longest_prefix,
)


def entries(*amounts_fen: int) -> tuple[Entry, ...]:
    return tuple(
        Entry(VoucherId(f"v-{n}"), fen, "0" * 32, "2026-03-02", "电工", 5, fen, 0, 100, 5)
        for n, fen in enumerate(amounts_fen)
    )


@given(st.lists(st.integers(1, 10**6), max_size=30), st.integers(0, 10**7))
def test_the_prefix_fits_and_no_longer_one_does(amounts: list[int], available: int) -> None:
    count = longest_prefix(entries(*amounts), available)
    assert sum(amounts[:count]) <= available
    assert count == len(amounts) or sum(amounts[: count + 1]) > available


@pytest.mark.parametrize(("available", "count"), [(299, 2), (300, 3), (301, 3)])
def test_the_last_fen_counts(available: int, count: int) -> None:
    assert longest_prefix(entries(100, 100, 100), available) == count


def test_nobody_approves_what_he_proposed() -> None:
    proposal = Proposal(
        *(ProposalId("s-1"), "social-training", "310101", "employment-subsidy", 2026),
        *(ProposalState.PROPOSED, entries(1), 0, "staff-1", None, "key", "body", ()),
    )
    check_second_person(proposal, "staff-2")
    with pytest.raises(Forbidden, match="same_person"):
        check_second_person(proposal, "staff-1")


def test_a_budget_balances_or_not() -> None:
    assert Budget("f", 2026, 100, 50, 30, 20, 0).balanced
    assert not Budget("f", 2026, 100, 50, 30, 21, 0).balanced
    assert not Budget("f", 2026, 100, 150, -50, 0, 0).balanced

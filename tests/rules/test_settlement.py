"""Budgets and proposals: what fits, and that nobody approves his own."""

from dataclasses import replace

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
from chalicelib.rules.shares import Share
from tests.builders import a_command


def entries(*amounts_fen: int) -> tuple[Entry, ...]:
    return tuple(
        Entry(VoucherId(f"v-{n}"), fen, "0" * 32, version=5) for n, fen in enumerate(amounts_fen)
    )


SHARES = st.lists(st.integers(0, 10**6), min_size=2, max_size=2).filter(any)


@given(
    st.lists(SHARES, max_size=30),
    st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)),
)
def test_the_prefix_fits_every_fund_and_no_longer_one_does(
    sums: list[list[int]], available: tuple[int, int]
) -> None:
    left = dict(zip(("city", "district"), available, strict=True))
    proposal = a_proposal(*map(shared, sums))
    count, short = longest_prefix(proposal, left)

    def missing(number: int) -> set[str]:
        spent = proposal.by_fund(proposal.entries[:number])
        return {fund for fund, fen in spent.items() if fen > left[fund]}

    assert missing(count) == set()
    assert (short == "") if count == len(sums) else short in missing(count + 1)


@pytest.mark.parametrize(("available", "count"), [(299, 2), (300, 3), (301, 3)])
def test_the_last_fen_counts(available: int, count: int) -> None:
    proposal = a_proposal(*entries(100, 100, 100))
    assert longest_prefix(proposal, {"employment-subsidy": available})[0] == count


def shared(sums: list[int]) -> Entry:
    """An entry of two funds that pay so much; a fund that pays nothing has no share."""
    [entry] = entries(sum(sums))
    named = zip(("city", "district"), sums, strict=True)
    return replace(entry, shares=tuple(Share(fund, "worker", fen) for fund, fen in named if fen))


def a_proposal(*listed: Entry) -> Proposal:
    """A proposal by staff-1 before its first event."""
    return Proposal(
        *(ProposalId("s-1"), "social-training", "310101", "employment-subsidy", 2026),
        *(ProposalState.DRAFT, listed, 0, "staff-1", None, "key", "body", ()),
    )


def by(actor: str) -> Command:
    return a_command("key-0001", actor=actor)


def test_nobody_approves_what_he_proposed() -> None:
    check_second_person(a_proposal(*entries(1)), "staff-2")
    with pytest.raises(Forbidden, match="same_person"):
        check_second_person(a_proposal(*entries(1)), "staff-1")


def test_a_proposal_remembers_who_did_what_and_how_it_stood_then() -> None:
    proposed = move(
        drafted(a_proposal(*entries(5, 7)), by("staff-1")), ProposalVerb.PROPOSE, by("staff-1")
    )
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
        move(drafted(a_proposal(*entries(5)), by("staff-1")), verb, by("staff-2"))


def test_a_budget_balances_or_not() -> None:
    assert Budget("f", 2026, 100, 50, 30, 20, 0).balanced
    assert not Budget("f", 2026, 100, 50, 30, 21, 0).balanced
    assert not Budget("f", 2026, 100, 150, -50, 0, 0).balanced

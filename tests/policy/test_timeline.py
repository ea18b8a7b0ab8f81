"""Which version governs a day: the latest begun, and of one day's the one approved last."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.policy.timeline import Approved, Timeline

DAY, A_DAY = date(2026, 7, 1), timedelta(days=1)


def approved(since: date, hash_: str) -> Approved:
    return Approved(since, hash_, since)


def test_a_version_governs_from_its_day_until_the_next_begins() -> None:
    first, second = approved(DAY, "one"), approved(DAY + 2 * A_DAY, "two")
    told = Timeline((second, first))
    governing = [told.at(DAY + n * A_DAY) for n in range(-1, 4)]
    assert governing == [None, first, first, second, second]
    assert [told.after(DAY + n * A_DAY) for n in (-1, 0, 1, 2)] == [first, second, second, None]


@given(st.lists(st.integers(0, 3)), st.integers(0, 3), st.integers(0, 5))
def test_a_later_approval_never_changes_who_governs_a_day_before_it(
    starts: list[int], start: int, day: int
) -> None:
    told = Timeline(tuple(approved(DAY + n * A_DAY, f"{i}") for i, n in enumerate(starts)))
    one = approved(DAY + start * A_DAY, "new")
    governs = told.with_(one).at(DAY + day * A_DAY)
    if day < start:
        assert governs == told.at(DAY + day * A_DAY)
    elif not any(start < n <= day for n in starts):
        assert governs == one

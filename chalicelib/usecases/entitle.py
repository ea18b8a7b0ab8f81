"""Entitle: what a move changes in the holder's counts, judged by his programme's limits.

The counts move together with the voucher or, in bulk, before it. A programme without such a
limit has none, and its moves ask nothing more of the store.
"""

from collections.abc import Callable
from datetime import date

from chalicelib.errors import Conflict, Refused
from chalicelib.policy import Policy, limits
from chalicelib.policy.decisions import limit
from chalicelib.rules.eligibility import LIMIT
from chalicelib.rules.limits import Counts, key, key_of_year
from chalicelib.rules.situation import Course, PersonFacts, Situation
from chalicelib.rules.voucher import Voucher
from chalicelib.store import entitlements, people, programmes, transact, vouchers

_TRIES = 5


def limited(policy: Policy, on: date) -> bool:
    """Whether a limit counts the programme's vouchers from their issue on."""
    yearly = policy.value("subsidy_vouchers_per_year", on)
    return yearly is not None or limits.counts_vouchers(policy)


def changed(before: Voucher | None, after: Voucher, on: date) -> Counts | None:
    """The holder's counts after the move; None where it changes nothing in them.

    Raises Refused where a limit of that day allows no further voucher, or not this course.
    """
    policy = programmes.by_hash(after.policy)
    if not (limits.counts_vouchers(policy) or limits.counts_courses(policy)):
        return None
    known = PersonFacts()
    if limits.asks_person(policy):
        known = people.load(after.person_id).known
    was = limits.counted(policy, before, known) if before else None
    now = limits.counted(policy, after, known)
    if was == now:
        return None
    counts = entitlements.counts(after.person_id)
    if counts.vouchers.get(key(after)) == now:
        return None
    earlier = counts.besides(key(after))
    if before is None:
        limit.lifelong(policy, Situation(earlier=earlier), on).check()
    if now and now.occupation and not (was and was.occupation):
        wanted = Course(occupation=now.occupation, level=now.level)
        holder = limits.counted_as(after, on)
        limit.course(policy, Situation(holder, wanted, earlier=earlier), on).check()
    return counts.having(key(after), now)


def save(before: Voucher, after: Voucher, counts: Counts | None) -> None:
    """Saves a moved voucher, together with its holder's counts where they change.

    Lost where either is not as it was read.
    """
    if counts is None:
        vouchers.save(before, after)
        return

    def fill(transaction: transact.Transaction) -> None:
        keep_within(transaction, after, counts)
        vouchers.save_within(transaction, before, after)

    transact.together(fill, lambda: vouchers.is_saved(after))


def keep_within(transaction: transact.Transaction, after: Voucher, counts: Counts | None) -> None:
    """Keeps the holder's counts as one part of a transaction, where they change."""
    if counts is not None:
        entitlements.keep_within(transaction, after.person_id, counts)


def count(made: Voucher, policy: Policy, on: date) -> None:
    """Counts a voucher that is about to be created, once however often asked.

    Raises Refused as `changed` does, and `limit_reached` where the year is full; Lost where
    the voucher was created, and counted, meanwhile.
    """
    yearly = policy.value("subsidy_vouchers_per_year", on)

    def write(counts: Counts | None) -> None:
        if counts is not None:
            transact.together(
                lambda transaction: _count_within(transaction, made, counts, yearly, on),
                lambda: entitlements.counts(made.person_id) == counts,
            )
        elif yearly is not None:
            entitlements.count(made.person_id, on.year, _of_year(made, on), yearly)

    _within_limits(made, yearly, on, write)


def create(made: Voucher, policy: Policy, on: date) -> None:
    """Creates a voucher together with what counts it; Lost where it exists, Refused as `count`."""
    yearly = policy.value("subsidy_vouchers_per_year", on)

    def write(counts: Counts | None) -> None:
        if counts is None and yearly is None:
            vouchers.create(made)
            return

        def fill(transaction: transact.Transaction) -> None:
            _count_within(transaction, made, counts, yearly, on)
            vouchers.create_within(transaction, made)

        transact.together(fill, lambda: vouchers.is_saved(made))

    _within_limits(made, yearly, on, write)


def _within_limits(
    made: Voucher, yearly: int | None, on: date, write: Callable[[Counts | None], None]
) -> None:
    """Writes on the counts as they are; again where somebody else's voucher was counted first."""
    for _ in range(_TRIES):
        counts = changed(None, made, on)
        try:
            write(counts)
        except transact.Lost:
            if vouchers.load_all([made.id]):
                raise
            if not outrun(made, counts):
                raise Refused("limit_reached", LIMIT, facts={"limit": yearly}) from None
        else:
            return
    raise Conflict("changed_meanwhile")


def _count_within(
    transaction: transact.Transaction,
    made: Voucher,
    counts: Counts | None,
    yearly: int | None,
    on: date,
) -> None:
    """What a new voucher changes in its holder's items, as parts of a transaction."""
    if yearly is not None:
        year = _of_year(made, on)
        entitlements.count_within(transaction, made.person_id, on.year, year, yearly)
    keep_within(transaction, made, counts)


def _of_year(made: Voucher, on: date) -> str:
    return key_of_year(made.programme, made.period, made.ordinal, on.year)


def outrun(after: Voucher, counts: Counts | None) -> bool:
    """Whether the holder's counts are no longer as they were read; a move is then tried again."""
    if counts is None:
        return False
    return entitlements.counts(after.person_id).version != counts.version - 1

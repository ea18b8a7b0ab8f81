"""Replaying a voucher's history through the table of moves gives its item, gap and seam free."""

from collections.abc import Iterator
from dataclasses import asdict

from chalicelib.rules import history, voucher
from chalicelib.rules.moves import Verb
from ops.check.breach import Breach
from ops.check.city import City, KeptVoucher

CHAIN = "history-chain"
REPLAY = "history-replay"


def breaches(city: City) -> Iterator[Breach]:
    """Broken chains, versions with a gap, and items that their events do not explain."""
    for kept in city.vouchers.values():
        yield from _chain(kept)
        yield from _replay(kept)
        yield from _birth(kept)


def _chain(kept: KeptVoucher) -> Iterator[Breach]:
    broken = history.broken_at(kept.voucher.history)
    if broken is not None:
        yield Breach(CHAIN, kept.where, f"event {broken} does not follow from the one before it")
    if kept.version != kept.voucher.version:
        yield Breach(
            CHAIN, kept.where, f"version {kept.version} with {kept.voucher.version} events"
        )
    for event in kept.events:
        if not (event.by and event.role and event.key):
            yield Breach(CHAIN, kept.where, f"event {event.n} lacks actor, role or command")


def _replay(kept: KeptVoucher) -> Iterator[Breach]:
    item = kept.voucher
    try:
        told = voucher.replayed(item, item.history)
    except ValueError as error:
        yield Breach(REPLAY, kept.where, str(error))
        return
    if told.state is not item.state:
        yield Breach(REPLAY, kept.where, f"stands at {item.state}, its history at {told.state}")
    after, stands = asdict(told.terms), asdict(item.terms)
    for name in sorted(name for name in after if after[name] != stands[name]):
        yield Breach(REPLAY, kept.where, f"its history does not tell its {name}")
    if kept.class_id != told.terms.class_id:
        yield Breach(REPLAY, kept.where, f"is listed with class {kept.class_id}")


def _birth(kept: KeptVoucher) -> Iterator[Breach]:
    item = kept.voucher
    if not kept.events or kept.events[0].do != Verb.ISSUE:
        yield Breach(REPLAY, kept.where, "was never issued")
        return
    born = kept.events[0].set
    for name in ("programme", "period", "policy", "expires_at"):
        if born.get(name) != getattr(item, name):
            yield Breach(REPLAY, kept.where, f"was issued with another {name}")

"""Where the programme verifies: used only after verified, and by the institution that did it."""

from collections.abc import Iterator

from chalicelib.rules.ids import ClassId
from chalicelib.rules.moves import MOVES, USED, Shape, Verb
from ops.check.breach import Breach
from ops.check.city import City, KeptVoucher

USE = "used-after-verified"


def breaches(city: City) -> Iterator[Breach]:
    """Vouchers used without verification, or in the class of another institution."""
    for kept in city.vouchers.values():
        if Verb.VERIFY in MOVES[kept.voucher.shape]:
            yield from _use(city, kept)


def _use(city: City, kept: KeptVoucher) -> Iterator[Breach]:
    used = [event for event in kept.events if event.to == USED[kept.voucher.shape]]
    if not used:
        return
    verified = [event for event in kept.did(Verb.VERIFY) if event.n < used[0].n]
    if not verified:
        yield Breach(USE, kept.where, f"used by event {used[0].n} and not verified before")
        return
    into = city.classes.get(ClassId(used[0].set.get("class_id", "")))
    if into is None:
        yield Breach(USE, kept.where, "used in a class that was never filed")
        return
    if verified[-1].set.get("verified_by") != into.institution_id:
        yield Breach(USE, kept.where, f"used in {into.id} of another institution than verified it")
    # A check-in voucher opens any class: it carries no money.
    if kept.voucher.shape is Shape.CLASS and into.programme != kept.voucher.programme:
        yield Breach(USE, kept.where, f"used in {into.id} of programme {into.programme}")

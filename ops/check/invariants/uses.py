"""Used in a class that was filed, of its programme; where it verifies, by who verified it.

A check-in voucher opens any class of offline training, whatever the programme.
"""

from collections.abc import Iterator

from chalicelib.rules.ids import ClassId
from chalicelib.rules.lesson import Mode
from chalicelib.rules.moves import IN_CLASSES, MOVES, USED, Shape, Verb
from ops.check.breach import Breach
from ops.check.city import City, KeptVoucher

USE = "used-after-verified"


def breaches(city: City) -> Iterator[Breach]:
    """Vouchers used without verification, in another one's class, or in one not for them."""
    for kept in city.vouchers.values():
        if kept.voucher.shape in IN_CLASSES:
            yield from _use(city, kept)


def _use(city: City, kept: KeptVoucher) -> Iterator[Breach]:
    used = [event for event in kept.events if event.to == USED[kept.voucher.shape]]
    if not used:
        return
    verified = [event for event in kept.did(Verb.VERIFY) if event.n < used[0].n]
    verifies = Verb.VERIFY in MOVES[kept.voucher.shape]
    if verifies and not verified:
        yield Breach(USE, kept.where, f"used by event {used[0].n} and not verified before")
        return
    into = city.classes.get(ClassId(used[0].set.get("class_id", "")))
    if into is None:
        yield Breach(USE, kept.where, "used in a class that was never filed")
        return
    if verifies and verified[-1].set.get("verified_by") != into.institution_id:
        yield Breach(USE, kept.where, f"used in {into.id} of another institution than verified it")
    if kept.voucher.shape is Shape.CHECK_IN:
        if into.mode is not Mode.OFFLINE:
            yield Breach(USE, kept.where, f"used in {into.id}, which is taught {into.mode}")
    elif into.programme != kept.voucher.programme:
        yield Breach(USE, kept.where, f"used in {into.id} of programme {into.programme}")

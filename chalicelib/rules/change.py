"""What one write made of a voucher: the voucher after it, and the events that it brought."""

from dataclasses import dataclass

from . import history
from .history import Event
from .voucher import Voucher


@dataclass(frozen=True)
class Change:
    """A change as the vouchers' stream tells it; `known` is the version before, 0 at birth."""

    voucher: Voucher
    known: int

    @property
    def events(self) -> tuple[Event, ...]:
        """The events this change brought, oldest first; none where nothing was told."""
        return history.events(self.voucher.history[self.known :])

"""What the national platform (全国社保卡服务平台) is told of a voucher, event by event.

Fields that the HRSS data elements name bear those names. Who the person is stands only in one
field, sealed for the platform, and only in the event of the issue: later ones name the voucher.
Source: notice 三.(一), real name and synchronisation with the platform.
"""

from typing import Any

import msgspec

from chalicelib.rules.history import Event
from chalicelib.rules.voucher import Voucher

from .cloud_events import Sent

SOURCE = "urn:voucher-city:vouchers"
_ELEMENTS = {
    "class_id": "acf003",
    "occupation": "aca112",
    "level": "bac015",
    "fund": "adc450",
    "amount_fen": "adc451",
}


class VoucherNews(msgspec.Struct, frozen=True, omit_defaults=True):
    """One event of a voucher; of what can change it tells what this event set.

    `sealed` opens to aac147 (document number) and aac003 (name) under the platform's key, with
    the event's id as encryption context. Money (adc451) is whole fen.
    """

    voucher_id: str
    sequence: int
    verb: str
    state: str
    programme: str
    period: str
    expires_at: str
    district: str | None = None
    acf003: str | None = None
    aca112: str | None = None
    bac015: int | None = None
    adc450: str | None = None
    adc451: int | None = None
    sealed: str | None = None


class VoucherEvent(Sent, frozen=True, kw_only=True):
    """The CloudEvent it travels in; its id is the voucher and the number of its event."""

    data: VoucherNews


def event_id(voucher: Voucher, event: Event) -> str:
    """The id of a voucher's event: computed, so that telling it twice is known."""
    return f"{voucher.id}.{event.n}"


def news(voucher: Voucher, event: Event, sealed: str | None) -> VoucherEvent:
    """The event for the platform; the same voucher and event always tell the same."""
    told: dict[str, Any] = {
        element: event.set[name] for name, element in _ELEMENTS.items() if name in event.set
    }
    return VoucherEvent(
        id=event_id(voucher, event),
        source=SOURCE,
        type=f"city.voucher.voucher.{event.to.lower()}.v1",
        time=event.at,
        data=VoucherNews(
            voucher_id=voucher.id,
            sequence=event.n,
            verb=event.do,
            state=event.to,
            programme=voucher.programme,
            period=voucher.period,
            expires_at=voucher.expires_at,
            district=event.set.get("district"),
            sealed=sealed,
            **told,
        ),
    )

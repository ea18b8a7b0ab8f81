"""How a voucher looks from outside: states, dates and masks; never a secret or its history."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta, structs

from chalicelib.rules import calendar
from chalicelib.rules.moves import Shape, State
from chalicelib.rules.next_step import NextStep, days_left, next_step
from chalicelib.rules.person import Person
from chalicelib.rules.voucher import Voucher

from . import shown
from .texts import Catalogue


class HolderShown(msgspec.Struct, frozen=True):
    """Whose voucher it is, masked."""

    name: Annotated[str, Meta(examples=["张*"])]
    document_number: Annotated[str, Meta(examples=["319***********0018"])]


class VoucherShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """A voucher; what no move has set yet is left out."""

    voucher_id: shown.VoucherId
    programme: shown.Programme
    period: Annotated[str, Meta(examples=["2026"])]
    ordinal: int
    shape: Shape
    state: State
    version: int
    expires_at: shown.Instant
    policy: shown.PolicyHash
    holder: HolderShown
    district: shown.District | None = None
    verified_by: shown.OrganisationCode | None = None
    class_id: shown.ClassId | None = None
    paid_by: shown.PaidBy | None = None
    amount_fen: shown.Fen | None = None


class MyVoucherShown(VoucherShown, frozen=True, omit_defaults=True, kw_only=True):
    """A voucher as its holder sees it: what comes next, and how long he can still use it.

    `days_left` counts civil days in Shanghai, today included; it is absent once the voucher no
    longer expires.
    """

    next_step: NextStep
    next_step_text: Annotated[str, Meta(examples=["请到培训机构报名，并出示券码。"])]
    days_left: int | None = None


def voucher_view(voucher: Voucher, holder: Person) -> VoucherShown:
    """A voucher with its holder's masks."""
    terms = voucher.terms
    return VoucherShown(
        voucher_id=voucher.id,
        programme=voucher.programme,
        period=voucher.period,
        ordinal=voucher.ordinal,
        shape=voucher.shape,
        state=voucher.state,
        version=voucher.version,
        expires_at=voucher.expires_at,
        policy=voucher.policy,
        holder=HolderShown(holder.masks.name, holder.masks.document_number),
        district=terms.district,
        verified_by=terms.verified_by,
        class_id=terms.class_id,
        paid_by=terms.paid_by,
        amount_fen=terms.amount_fen,
    )


def my_voucher_view(
    voucher: Voucher, holder: Person, now: datetime, texts: Catalogue
) -> MyVoucherShown:
    """The same for the holder himself, in his language."""
    step = next_step(voucher, now)
    return MyVoucherShown(
        **structs.asdict(voucher_view(voucher, holder)),
        next_step=step,
        next_step_text=texts.step(step),
        days_left=days_left(voucher, calendar.civil_date(now)),
    )

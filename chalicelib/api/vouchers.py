"""Vouchers: claim, show, show the code, verify, enrol."""

from typing import Literal

import msgspec
from chalice.app import Blueprint

from chalicelib.rules import calendar
from chalicelib.rules.ids import ClassId, VoucherId
from chalicelib.rules.principal import Right
from chalicelib.usecases import claim, enrol, show, show_code, verify

from . import fields
from .bodies import Nothing
from .http import Answer, Change, Reading, changes, reads
from .voucher_views import voucher_view

bp = Blueprint(__name__)
_WORKER = frozenset({Right.WORKER})
# Whom a voucher concerns is asked of the voucher: its holder, its institution, its officials.
_CONCERNED = frozenset(
    {Right.WORKER, Right.VOUCHER_VIEW, Right.VOUCHER_VERIFY, Right.VOUCHER_ENROL}
)


class Verification(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The code that the worker's phone shows."""

    code: fields.Code


class Enrolment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The class, and who paid its fee."""

    class_id: fields.ClassNumber
    paid_by: Literal["worker", "institution", "enterprise"]
    enterprise_id: fields.Usci | None = None


@changes(bp, "/programmes/{programme}/claims", rights=_WORKER, body=Nothing)
def claim_voucher(asked: Change[Nothing]) -> Answer:
    """The caller's voucher of the programme, claimed."""
    voucher = claim.claim(asked.principal, asked.path["programme"], asked.command)
    return voucher_view(voucher, show.me(asked.principal))


@reads(bp, "/vouchers/{voucher_id}", rights=_CONCERNED, query=Nothing)
def show_voucher(asked: Reading[Nothing]) -> Answer:
    """A voucher, for those it concerns."""
    return voucher_view(*show.one(asked.principal, VoucherId(asked.path["voucher_id"])))


@reads(bp, "/vouchers/{voucher_id}/code", rights=_WORKER, query=Nothing)
def show_voucher_code(asked: Reading[Nothing]) -> Answer:
    """A fresh code for the holder's phone."""
    voucher_id = VoucherId(asked.path["voucher_id"])
    code, expires_at = show_code.show_code(asked.principal, voucher_id, asked.now)
    return {"code": code, "expires_at": calendar.text(expires_at)}


@changes(
    bp,
    "/vouchers/{voucher_id}/verification",
    rights=frozenset({Right.VOUCHER_VERIFY}),
    body=Verification,
)
def verify_voucher(asked: Change[Verification]) -> Answer:
    """The voucher, verified by the caller's institution."""
    voucher_id = VoucherId(asked.path["voucher_id"])
    voucher = verify.verify(asked.principal, voucher_id, asked.body.code, asked.command)
    _, holder = show.one(asked.principal, voucher_id)
    return voucher_view(voucher, holder)


@changes(
    bp,
    "/vouchers/{voucher_id}/enrolment",
    rights=frozenset({Right.VOUCHER_ENROL}),
    body=Enrolment,
)
def enrol_voucher(asked: Change[Enrolment]) -> Answer:
    """The voucher, enrolled in a class of the caller's institution."""
    voucher_id = VoucherId(asked.path["voucher_id"])
    voucher = enrol.enrol(
        asked.principal,
        voucher_id,
        ClassId(asked.body.class_id),
        asked.body.paid_by,
        asked.body.enterprise_id,
        asked.command,
    )
    _, holder = show.one(asked.principal, voucher_id)
    return voucher_view(voucher, holder)

"""Vouchers: claim, show, show the code, verify, enrol."""

from typing import Annotated, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Meta

from chalicelib.rules import calendar
from chalicelib.rules.ids import ClassId, VoucherId
from chalicelib.rules.principal import Right
from chalicelib.rules.situation import Course
from chalicelib.usecases import claim, enrol, show, show_code, verify

from . import fields, qr, shown
from .answers import Svg
from .bodies import Nothing
from .http import Change, Reading, changes, reads
from .voucher_views import VoucherShown, voucher_view

bp = Blueprint(__name__)
_WORKER = frozenset({Right.WORKER})
# Whom a voucher concerns is asked of the voucher: its holder, its institution, its officials.
CONCERNED = frozenset({Right.WORKER, Right.VOUCHER_VIEW, Right.VOUCHER_VERIFY, Right.VOUCHER_ENROL})
# What any move of a voucher may meet.
_MOVED = ("history_full", "not_in_state", "voucher_expired")
# What the limits of a programme say of a course.
_COURSE = (
    *("course_repeated", "fund_excluded", "lower_level"),
    *("occupation_limit_reached", "paid_once_for_group"),
)


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the worker means to learn, where he knows: judged with the claim, and not kept."""

    occupation: Annotated[fields.Line, Meta(examples=["养老护理员"])] | None = None
    level: fields.Level | None = None
    kind: Annotated[fields.Line, Meta(examples=["A"])] | None = None
    mode: Literal["offline", "online", "blended"] | None = None


class Verification(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The code that the worker's phone shows."""

    code: fields.Code


class Enrolment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The class, and who paid its fee."""

    class_id: fields.ClassNumber
    paid_by: Annotated[Literal["worker", "institution", "enterprise"], Meta(examples=["worker"])]
    enterprise_id: fields.Usci | None = None


class CodeWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """JSON or a picture; without a word here the Accept header decides."""

    format: Literal["json", "svg"] | None = None


class CodeShown(msgspec.Struct, frozen=True):
    """The voucher's code of this moment, and when it ends."""

    code: Annotated[
        str, Meta(examples=["v-k3v7q2mzr5w6t4xj2b7ncd5yea.1772413200.0f4c2a9be1d83757c6aa"])
    ]
    expires_at: shown.Instant


@changes(
    bp,
    "/programmes/{programme}/claims",
    rights=_WORKER,
    body=Wanted,
    gives=VoucherShown,
    problems=(
        *_MOVED,
        *_COURSE,
        "course_not_covered",
        "eligible_for_money",
        "function_off",
        "limit_reached",
        "no_period",
        "not_a_worker",
        "not_eligible",
        "offline_only",
        "period_limit_reached",
        "total_limit_reached",
        "voucher_still_live",
    ),
)
def claim_voucher(asked: Change[Wanted]) -> VoucherShown:
    """The caller's voucher of the programme, claimed."""
    need = asked.body
    wanted = Course(need.occupation, need.level, need.kind, need.mode)
    voucher = claim.claim(asked.principal, asked.path["programme"], asked.command, wanted)
    return voucher_view(voucher, show.me(asked.principal))


@reads(
    bp, "/vouchers/{voucher_id}", rights=CONCERNED, query=Nothing, gives=VoucherShown, polled=True
)
def show_voucher(asked: Reading[Nothing]) -> VoucherShown:
    """A voucher, for those it concerns."""
    return voucher_view(*show.one(asked.principal, VoucherId(asked.path["voucher_id"])))


@reads(
    bp,
    "/vouchers/{voucher_id}/code",
    rights=_WORKER,
    query=CodeWanted,
    gives=CodeShown,
    also=(Svg,),
    problems=("not_a_worker", "not_in_state", "voucher_expired"),
)
def show_voucher_code(asked: Reading[CodeWanted]) -> CodeShown | Svg:
    """A fresh code for the holder's phone, as text or as the picture to be scanned."""
    voucher_id = VoucherId(asked.path["voucher_id"])
    code, expires_at = show_code.show_code(asked.principal, voucher_id, asked.now)
    if asked.query.format == "svg" or (asked.query.format is None and asked.wants is Svg):
        return Svg(qr.picture(code))
    return CodeShown(code, calendar.text(expires_at))


@changes(
    bp,
    "/vouchers/{voucher_id}/verification",
    rights=frozenset({Right.VOUCHER_VERIFY}),
    body=Verification,
    gives=VoucherShown,
    problems=(
        *_MOVED,
        "code_expired",
        "code_invalid",
        "code_spent",
        "function_off",
        "not_an_institution",
    ),
)
def verify_voucher(asked: Change[Verification]) -> VoucherShown:
    """The voucher, verified by the caller's institution."""
    voucher_id = VoucherId(asked.path["voucher_id"])
    voucher = verify.verify(asked.principal, voucher_id, asked.body.code, asked.command)
    return voucher_view(voucher, show.holder(voucher))


@changes(
    bp,
    "/vouchers/{voucher_id}/enrolment",
    rights=frozenset({Right.VOUCHER_ENROL}),
    body=Enrolment,
    gives=VoucherShown,
    problems=(
        *_MOVED,
        *_COURSE,
        "class_full",
        "enrolled_too_late",
        "enterprise_missing",
        "enterprise_unknown",
        "not_an_institution",
        "not_for_this_course",
        "offline_only",
        "other_programme",
        "roster_closed",
    ),
)
def enrol_voucher(asked: Change[Enrolment]) -> VoucherShown:
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
    return voucher_view(voucher, show.holder(voucher))

"""The lifelong training record: the worker's own, its prints, their check by anybody, officials'.

The check is open to everybody: whoever holds the paper has its code, and no code can be guessed.
Each view imports its use case: of all requests only those for a record pay for it and its pages.
"""

from typing import Annotated, Literal
from urllib.parse import unquote_plus

import msgspec
from chalice.app import Blueprint

from chalicelib.errors import Invalid
from chalicelib.rules import ids, personal
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.principal import Right

from . import fields
from .answers import Html, Text
from .bodies import Nothing
from .check_views import CheckShown, check_view
from .http import Change, PublicReading, Reading, changes, public, reads
from .record_views import RecordShown, record_view

bp = Blueprint(__name__)
_WORKER = frozenset({Right.WORKER})
_VIEWERS = frozenset({Right.RECORD_VIEW})


class RecordWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """JSON or a page; without a word here the Accept header decides."""

    format: Literal["json", "html"] | None = None


class LookUp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose record, by number or by one of his vouchers, and why it is looked at."""

    reason: fields.Reason
    document_number: (
        Annotated[str, msgspec.Meta(max_length=64, examples=["319900199001010018"])] | None
    ) = None
    voucher_id: fields.VoucherNumber | None = None


@reads(
    bp,
    "/me/record",
    rights=_WORKER,
    query=RecordWanted,
    gives=RecordShown,
    also=(Html,),
    problems=("not_a_worker", "not_found"),
)
def show_my_record(asked: Reading[RecordWanted]) -> RecordShown | Html:
    """The caller's training record of all years, as JSON or as a page of one A4 sheet."""
    from chalicelib.usecases import read_record

    found, made = read_record.own(asked.principal, asked.now)
    told = record_view(found, made, asked.texts, asked.here)
    return _page(told, asked) if _as_page(asked.query, asked.wants) else told


@changes(
    bp,
    "/me/records",
    rights=_WORKER,
    body=Nothing,
    gives=RecordShown,
    also=(Html,),
    problems=("not_a_worker", "not_found"),
)
def print_my_record(asked: Change[Nothing]) -> RecordShown | Html:
    """A print of the caller's record with a code that anybody can check."""
    from chalicelib.usecases import print_record

    found, made = print_record.print_record(asked.principal, asked.command)
    told = record_view(found, made, asked.texts, asked.here)
    return _page(told, asked) if asked.wants is Html else told


@public(bp, "/records/{record_code}", query=RecordWanted, gives=CheckShown, also=(Html,))
def check_printed_record(asked: PublicReading[RecordWanted]) -> CheckShown | Html:
    """Whether a printed record is genuine, for whom and when it was made, if it is outdated."""
    from chalicelib.usecases import check_record

    code = ids.read_record_code(unquote_plus(asked.path["record_code"]))
    told = check_view(code, check_record.check_record(code, asked.now))
    if not _as_page(asked.query, asked.wants):
        return told
    from .check_page import check_page

    return check_page(told, asked.texts)


@changes(
    bp,
    "/record-look-ups",
    rights=_VIEWERS,
    body=LookUp,
    gives=RecordShown,
    also=(Html,),
    problems=("not_found",),
)
def look_up(asked: Change[LookUp]) -> RecordShown | Html:
    """Somebody's training record, for an official; that he looked, and why, is kept."""
    from chalicelib.usecases import look_up_record

    body = asked.body
    who, reason, command = asked.principal, body.reason, asked.command
    if body.voucher_id is not None and body.document_number is None:
        voucher_id = VoucherId(body.voucher_id)
        found = look_up_record.of_voucher(who, voucher_id, reason, command)
    else:
        found = look_up_record.of_number(who, _number(body), reason, command)
    told = record_view(found, None, asked.texts, asked.here)
    return _page(told, asked) if asked.wants is Html else told


def _page(
    told: RecordShown, asked: Reading[RecordWanted] | Change[Nothing] | Change[LookUp]
) -> Html:
    from .record_page import record_page

    return record_page(told, asked.texts, asked.here)


def _number(body: LookUp) -> personal.DocumentNumber:
    if body.document_number is None or body.voucher_id is not None:
        raise Invalid("bad_value", field="document_number")
    try:
        return personal.document_number(body.document_number)
    except Invalid:
        raise Invalid("bad_value", field="document_number") from None


def _as_page(asked: RecordWanted, wants: type[Text] | None) -> bool:
    return asked.format == "html" or (asked.format is None and wants is Html)

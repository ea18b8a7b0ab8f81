"""What an organisation sees of its own: its staff, or its classes, their learners, its money.

Each view imports its use case: of all requests only these few pay for it.
"""

from typing import TYPE_CHECKING, Annotated

import msgspec
from chalice.app import Blueprint

from chalicelib.rules import ids
from chalicelib.rules.ids import ClassId
from chalicelib.rules.line import Line, LineState, day_of
from chalicelib.rules.moves import State
from chalicelib.rules.person import Person
from chalicelib.rules.principal import Right

from . import paging, shown
from .class_views import AttendanceShown, ClassShown, attendance_view, class_view
from .http import Reading, reads
from .voucher_views import HolderShown, VoucherShown, voucher_view

if TYPE_CHECKING:
    from chalicelib.usecases.taught import Taught

bp = Blueprint(__name__)
_ENTERPRISE = frozenset({Right.ENTERPRISE_VIEW})
_INSTITUTION = frozenset({Right.INSTITUTION_VIEW})
# Whose class it is, is asked of the class: its institution's, or its officials' to see.
_CONCERNED = frozenset({Right.INSTITUTION_VIEW, Right.VOUCHER_VIEW, Right.CASE_VIEW})
_VOUCHER = ids.form("v")
_CLASS = ids.form("c")
_LINE = ids.form("l")
_MOST_LEARNERS = 30


class Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the page begins and how long it is."""

    cursor: paging.Cursor = ""
    limit: paging.Limit = paging.MOST


class LearnersPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same for learners, who bring their check-ins with them: a shorter page."""

    cursor: paging.Cursor = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=_MOST_LEARNERS)] = _MOST_LEARNERS


class StaffVouchers(msgspec.Struct, frozen=True, omit_defaults=True):
    """A page of vouchers whose fee the enterprise paid."""

    vouchers: tuple[VoucherShown, ...]
    next_cursor: paging.NextCursor | None = None


class OwnClasses(msgspec.Struct, frozen=True, omit_defaults=True):
    """A page of the institution's classes."""

    classes: tuple[ClassShown, ...]
    next_cursor: paging.NextCursor | None = None


class OwnLineShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """Money that goes to the institution: how much, where it stands, and since when.

    `approved_on` is the day from which it was to be paid, `paid_on` the day the bank confirmed.
    """

    line_id: shown.LineId
    voucher_id: shown.VoucherId
    fund: shown.Fund
    amount_fen: shown.Fen
    state: LineState
    approved_on: shown.Day
    changed_on: shown.Day
    paid_on: shown.Day | None = None


class OwnLines(msgspec.Struct, frozen=True, omit_defaults=True):
    """A page of the lines that pay the institution."""

    lines: tuple[OwnLineShown, ...]
    next_cursor: paging.NextCursor | None = None


class LearnerShown(msgspec.Struct, frozen=True):
    """A learner of a class, masked, and what his signing in came to so far."""

    voucher_id: shown.VoucherId
    holder: HolderShown
    state: State
    attendance: AttendanceShown


class Learners(msgspec.Struct, frozen=True, omit_defaults=True):
    """A page of a class's learners."""

    learners: tuple[LearnerShown, ...]
    next_cursor: paging.NextCursor | None = None


@reads(
    bp,
    "/enterprise/vouchers",
    rights=_ENTERPRISE,
    query=Page,
    gives=StaffVouchers,
    problems=("bad_cursor", "not_an_enterprise"),
)
def list_staff_vouchers(asked: Reading[Page]) -> StaffVouchers:
    """A page of the vouchers of the caller's staff: those whose fee his enterprise paid."""
    from chalicelib.usecases import list_own

    after = paging.position(asked.query.cursor, _VOUCHER)
    found, following = list_own.staff_vouchers(asked.principal, after, asked.query.limit)
    views = tuple(voucher_view(voucher, holder) for voucher, holder in found)
    return StaffVouchers(views, paging.next_cursor(following))


@reads(
    bp,
    "/institution/classes",
    rights=_INSTITUTION,
    query=Page,
    gives=OwnClasses,
    problems=("bad_cursor", "not_an_institution"),
)
def list_own_classes(asked: Reading[Page]) -> OwnClasses:
    """A page of the classes of the caller's institution."""
    from chalicelib.usecases import list_own

    after = paging.position(asked.query.cursor, _CLASS)
    found, following = list_own.own_classes(asked.principal, after, asked.query.limit)
    return OwnClasses(tuple(map(class_view, found)), paging.next_cursor(following))


@reads(
    bp,
    "/institution/lines",
    rights=_INSTITUTION,
    query=Page,
    gives=OwnLines,
    problems=("bad_cursor", "not_an_institution"),
)
def list_own_lines(asked: Reading[Page]) -> OwnLines:
    """A page of the payments to the caller's institution: amount, state and dates."""
    from chalicelib.usecases import list_own

    after = paging.position(asked.query.cursor, _LINE)
    found, following = list_own.own_lines(asked.principal, after, asked.query.limit)
    return OwnLines(tuple(map(_line_view, found)), paging.next_cursor(following))


@reads(
    bp,
    "/classes/{class_id}/learners",
    rights=_CONCERNED,
    query=LearnersPage,
    gives=Learners,
    problems=("bad_cursor",),
)
def list_learners(asked: Reading[LearnersPage]) -> Learners:
    """A page of a class's learners with their attendance, for those whom the class concerns."""
    from chalicelib.usecases import list_own

    after = paging.position(asked.query.cursor, _VOUCHER)
    class_id = ClassId(asked.path["class_id"])
    found, following = list_own.learners(asked.principal, class_id, after, asked.query.limit)
    views = tuple(_learner_view(course, holder, asked) for course, holder in found)
    return Learners(views, paging.next_cursor(following))


def _line_view(line: Line) -> OwnLineShown:
    changed_on = day_of(line, -1).isoformat()
    return OwnLineShown(
        line_id=line.id,
        voucher_id=line.voucher_id,
        fund=line.fund,
        amount_fen=line.amount_fen,
        state=line.state,
        approved_on=day_of(line, 0).isoformat(),
        changed_on=changed_on,
        paid_on=changed_on if line.state is LineState.PAID else None,
    )


def _learner_view(course: "Taught", holder: Person, asked: Reading[LearnersPage]) -> LearnerShown:
    return LearnerShown(
        voucher_id=course.voucher.id,
        holder=HolderShown(holder.masks.name, holder.masks.document_number),
        state=course.voucher.state,
        attendance=attendance_view(course, asked.now),
    )

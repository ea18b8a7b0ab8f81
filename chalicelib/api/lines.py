"""Payment lines: a district looks at what is held and stops or releases a line."""

import msgspec
from chalice.app import Blueprint

from chalicelib.rules import ids
from chalicelib.rules.ids import LineId
from chalicelib.rules.line import Line, LineState
from chalicelib.rules.principal import Right
from chalicelib.usecases import hold, list_lines, release

from . import fields, paging, shown
from .http import Change, Reading, changes, reads

bp = Blueprint(__name__)
_POSITION = ids.form("l")
_HOLDERS = frozenset({Right.LINE_HOLD})
_RELEASERS = frozenset({Right.LINE_RELEASE})
_DECIDED = ("history_full", "not_in_state")


class Waiting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which work's lines, and where the page begins."""

    work: fields.Work
    cursor: paging.Cursor = ""
    limit: paging.Limit = paging.MOST


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a line is stopped or let go."""

    reason: fields.Reason


class LineShown(msgspec.Struct, frozen=True):
    """A payment line: what a voucher is to be paid from a fund, and where that stands."""

    line_id: shown.LineId
    voucher_id: shown.VoucherId
    proposal_id: shown.ProposalId
    fund: shown.Fund
    amount_fen: shown.Fen
    state: LineState
    district: shown.District


class Lines(msgspec.Struct, frozen=True, omit_defaults=True):
    """A page of lines, and where the next one begins, if there is one."""

    lines: tuple[LineShown, ...]
    next_cursor: paging.NextCursor | None = None


@reads(
    bp,
    "/lines",
    rights=_RELEASERS,
    query=Waiting,
    gives=Lines,
    problems=("bad_cursor", "not_your_district"),
)
def list_held_lines(asked: Reading[Waiting]) -> Lines:
    """A page of the lines held in a district."""
    query = asked.query
    district, after = query.work.removeprefix("held:"), paging.position(query.cursor, _POSITION)
    lines, following = list_lines.held(asked.principal, district, after, query.limit)
    return Lines(tuple(_view(line) for line in lines), paging.next_cursor(following))


@changes(
    bp,
    "/lines/{line_id}/hold",
    rights=_HOLDERS,
    body=Reason,
    gives=LineShown,
    problems=_DECIDED,
    status=200,
)
def hold_line(asked: Change[Reason]) -> LineShown:
    """The line, stopped."""
    line_id = LineId(asked.path["line_id"])
    return _view(hold.hold(asked.principal, line_id, asked.body.reason, asked.command))


@changes(
    bp,
    "/lines/{line_id}/release",
    rights=_RELEASERS,
    body=Reason,
    gives=LineShown,
    problems=_DECIDED,
    status=200,
)
def release_line(asked: Change[Reason]) -> LineShown:
    """The line, let go."""
    line_id = LineId(asked.path["line_id"])
    return _view(release.release(asked.principal, line_id, asked.body.reason, asked.command))


def _view(line: Line) -> LineShown:
    return LineShown(
        line_id=line.id,
        voucher_id=line.voucher_id,
        proposal_id=line.proposal_id,
        fund=line.fund,
        amount_fen=line.amount_fen,
        state=line.state,
        district=line.district,
    )

"""Payment lines: a district looks at what is held and stops or releases a line."""

from typing import Any

import msgspec
from chalice.app import Blueprint

from chalicelib.rules.ids import LineId
from chalicelib.rules.line import Line
from chalicelib.rules.principal import Right
from chalicelib.usecases import hold, list_lines, release

from . import fields
from .http import Answer, Change, Reading, changes, reads

bp = Blueprint(__name__)
_HOLDERS = frozenset({Right.LINE_HOLD})
_RELEASERS = frozenset({Right.LINE_RELEASE})


class Waiting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which work's lines, and where the page begins."""

    work: fields.Work
    after: fields.LineCursor = ""


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a line is stopped or let go."""

    reason: fields.Reason


@reads(bp, "/lines", rights=_RELEASERS, query=Waiting)
def list_held_lines(asked: Reading[Waiting]) -> Answer:
    """A page of the lines held in a district."""
    district = asked.query.work.removeprefix("held:")
    lines, after = list_lines.held(asked.principal, district, asked.query.after)
    page: Answer = {"lines": [_view(line) for line in lines]}
    return page | ({"next": after} if after else {})


@changes(bp, "/lines/{line_id}/hold", rights=_HOLDERS, body=Reason, status=200)
def hold_line(asked: Change[Reason]) -> Answer:
    """The line, stopped."""
    line_id = LineId(asked.path["line_id"])
    return _view(hold.hold(asked.principal, line_id, asked.body.reason, asked.command))


@changes(bp, "/lines/{line_id}/release", rights=_RELEASERS, body=Reason, status=200)
def release_line(asked: Change[Reason]) -> Answer:
    """The line, let go."""
    line_id = LineId(asked.path["line_id"])
    return _view(release.release(asked.principal, line_id, asked.body.reason, asked.command))


def _view(line: Line) -> dict[str, Any]:
    return {
        "line_id": line.id,
        "voucher_id": line.voucher_id,
        "proposal_id": line.proposal_id,
        "fund": line.fund,
        "amount_fen": line.amount_fen,
        "state": line.state,
        "district": line.district,
    }

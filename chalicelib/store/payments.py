"""Payment lines (拨付明细) with their history inside.

A line waits in the sparse index by_work while it is due or held; nothing is decided on the index
without a strong read. Proposals and quarantined words stand in the same table; their
modules are their own.
"""

from collections.abc import Iterable

from pynamodb.attributes import ListAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.errors import NotFound
from chalicelib.rules.ids import LineId, OrganisationId, ProposalId, VoucherId
from chalicelib.rules.line import Line, LineState
from chalicelib.rules.shares import ORGANISATIONS

from . import transact
from .by_work import Payment, payable_to, waiting

_DUE = "due"


class _Line(Payment):
    voucher_id = UnicodeAttribute()
    proposal_id = UnicodeAttribute()
    fund = UnicodeAttribute()
    year = NumberAttribute()
    instalment = NumberAttribute()
    district = UnicodeAttribute()
    amount_fen = NumberAttribute()
    payee = UnicodeAttribute()
    payee_id = UnicodeAttribute()
    sealed = UnicodeAttribute()
    attempt = NumberAttribute()
    state = UnicodeAttribute()
    ver = NumberAttribute()
    history = ListAttribute[str](of=UnicodeAttribute)  # type: ignore[arg-type]


def find(line_id: LineId) -> Line | None:
    """The line as it stands, or None."""
    try:
        return _read(_Line.get(line_id, consistent_read=True))
    except _Line.DoesNotExist:
        return None


def load(line_id: LineId) -> Line:
    """The line as it stands; NotFound."""
    if found := find(line_id):
        return found
    raise NotFound("line")


def load_all(line_ids: Iterable[LineId]) -> list[Line]:
    """Those of the lines that exist, in no particular order."""
    return [_read(item) for item in _Line.batch_get(list(line_ids), consistent_read=True)]


def due(after: str, limit: int) -> tuple[list[LineId], str]:
    """At most `limit` lines to be sent, as the index knows, and where the next page begins."""
    listed, following = waiting(_DUE, after, limit)
    return [LineId(found) for found in listed], following


def held(district: str, after: str, limit: int) -> tuple[list[LineId], str]:
    """At most `limit` lines held in a district, as the index knows, and the next page's start."""
    listed, following = waiting(_held_in(district), after, limit)
    return [LineId(found) for found in listed], following


def to_organisation(
    organisation_id: OrganisationId, after: str, limit: int
) -> tuple[list[LineId], str]:
    """At most `limit` lines that pay an organisation, as the index knows, and the next page."""
    listed, following = payable_to(organisation_id, after, limit)
    return [LineId(found) for found in listed], following


def create(line: Line) -> bool:
    """Keeps a new line; False where it is there already, whatever became of it since."""
    try:
        transact.write(
            lambda: _written(line).save(condition=_Line.id.does_not_exist()),
            lambda: is_saved(line),
        )
    except transact.Lost:
        return False
    return True


def save(before: Line, after: Line) -> None:
    """Saves what moves made of the line as it was read; Lost where it is not so any more."""
    item, actions, condition = _change(before, after)
    transact.write(lambda: item.update(actions, condition=condition), lambda: is_saved(after))


def save_within(transaction: TransactWrite, before: Line, after: Line) -> None:
    """The same as one part of a transaction."""
    item, actions, condition = _change(before, after)
    transaction.update(item, actions, condition=condition)


def unmoved_within(transaction: TransactWrite, line_id: LineId, as_read: Line | None) -> None:
    """The transaction fails where the line is not as it was read any more: None is not born."""
    condition = _Line.id.does_not_exist() if as_read is None else _Line.ver == as_read.version
    transaction.condition_check(_Line, line_id, condition=condition)


def is_saved(after: Line) -> bool:
    """Whether the item carries this line's last event, whatever came after it."""
    kept = find(after.id)
    return kept is not None and kept.history[: after.version] == after.history


def _change(before: Line, after: Line) -> tuple[_Line, list[Action], Condition]:
    work = _work(after)
    actions: list[Action] = [
        _Line.state.set(after.state.value),
        _Line.ver.set(after.version),
        _Line.history.set(_Line.history.append(list(after.history[before.version :]))),
    ]
    if work != _work(before):
        actions.append(_Line.work.set(work) if work else _Line.work.remove())
    condition = (_Line.ver == before.version) & (_Line.state == before.state.value)
    return _Line(id=after.id), actions, condition


def _work(line: Line) -> str | None:
    if line.state is LineState.DUE:
        return _DUE
    return _held_in(line.district) if line.state is LineState.HELD else None


def _held_in(district: str) -> str:
    return f"held:{district}"


def _written(line: Line) -> _Line:
    return _Line(
        id=line.id,
        work=_work(line),
        payee_org=line.payee_id if line.payee in ORGANISATIONS else None,
        voucher_id=line.voucher_id,
        proposal_id=line.proposal_id,
        fund=line.fund,
        year=line.year,
        instalment=line.instalment,
        district=line.district,
        amount_fen=line.amount_fen,
        payee=line.payee,
        payee_id=line.payee_id,
        sealed=line.sealed,
        attempt=line.attempt,
        state=line.state.value,
        ver=line.version,
        history=list(line.history),
    )


def _read(item: _Line) -> Line:
    return Line(
        id=LineId(item.id),
        voucher_id=VoucherId(item.voucher_id),
        proposal_id=ProposalId(item.proposal_id),
        fund=item.fund,
        year=int(item.year),
        instalment=int(item.instalment),
        district=item.district,
        amount_fen=int(item.amount_fen),
        payee=item.payee,
        payee_id=item.payee_id,
        sealed=item.sealed,
        attempt=int(item.attempt),
        state=LineState(item.state),
        history=tuple(item.history),
    )

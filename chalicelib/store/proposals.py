"""Proposals (拨付建议): one item each, in the table of payments, with entries and history inside.

While somebody still has to carry one on (a draft, or approved and not settled) it stands in the
index by_work, so that the next scheduled run finds it.
"""

import json
from dataclasses import asdict
from typing import Any

from pynamodb.attributes import JSONAttribute, ListAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.errors import NotFound
from chalicelib.rules.ids import ProposalId
from chalicelib.rules.settlement import Entry, Proposal, ProposalState
from chalicelib.rules.shares import Share

from . import transact
from .by_work import Payment, waiting

_OPEN = "open-proposal"
_UNFINISHED = frozenset({ProposalState.DRAFT, ProposalState.APPROVED})


class _Entries(JSONAttribute):
    """Entries as JSON without a byte too many: a proposal's writes are paid by the kilobyte."""

    def serialize(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class _Proposal(Payment):
    programme = UnicodeAttribute()
    district = UnicodeAttribute()
    fund = UnicodeAttribute()
    year = NumberAttribute()
    state = UnicodeAttribute()
    entries = _Entries()
    approved_entries = NumberAttribute()
    proposer = UnicodeAttribute()
    approver = UnicodeAttribute(null=True)
    key = UnicodeAttribute()
    body = UnicodeAttribute()
    ver = NumberAttribute()
    history = ListAttribute[str](of=UnicodeAttribute)  # type: ignore[arg-type]


def find(proposal_id: ProposalId) -> Proposal | None:
    """The proposal as it stands, or None."""
    try:
        return _read(_Proposal.get(proposal_id, consistent_read=True))
    except _Proposal.DoesNotExist:
        return None


def load(proposal_id: ProposalId) -> Proposal:
    """The proposal as it stands; NotFound."""
    if found := find(proposal_id):
        return found
    raise NotFound("proposal")


def unfinished(after: str, limit: int) -> tuple[list[ProposalId], str]:
    """At most `limit` proposals to be carried on, as the index knows, and the next page's start."""
    listed, following = waiting(_OPEN, after, limit)
    return [ProposalId(found) for found in listed], following


def create(proposal: Proposal) -> None:
    """Keeps a new proposal; Lost where it exists."""
    transact.write(
        lambda: _written(proposal).save(condition=_Proposal.id.does_not_exist()),
        lambda: is_saved(proposal),
    )


def save(before: Proposal, after: Proposal) -> None:
    """Saves what a move made of the proposal as it was read; Lost where it is not so any more."""
    item, actions, condition = _change(before, after)
    transact.write(lambda: item.update(actions, condition=condition), lambda: is_saved(after))


def save_within(transaction: TransactWrite, before: Proposal, after: Proposal) -> None:
    """The same as one part of a transaction; who approves is not who proposed."""
    item, actions, condition = _change(before, after)
    transaction.update(item, actions, condition=condition)


def is_saved(after: Proposal) -> bool:
    """Whether the item carries this proposal's last event, whatever came after it."""
    kept = find(after.id)
    return kept is not None and kept.history[: after.version] == after.history


def _change(before: Proposal, after: Proposal) -> tuple[_Proposal, list[Action], Condition]:
    work = _work(after)
    actions: list[Action] = [
        _Proposal.state.set(after.state.value),
        _Proposal.ver.set(after.version),
        _Proposal.history.set(_Proposal.history.append(list(after.history[before.version :]))),
        _Proposal.work.set(work) if work else _Proposal.work.remove(),
    ]
    condition = (_Proposal.ver == before.version) & (_Proposal.state == before.state.value)
    if after.entries != before.entries:
        actions.append(_Proposal.entries.set([_plain(entry) for entry in after.entries]))
    if after.approver and after.approver != before.approver:
        actions.append(_Proposal.approver.set(after.approver))
        actions.append(_Proposal.approved_entries.set(after.approved_entries))
        condition &= _Proposal.proposer != after.approver
    return _Proposal(id=after.id), actions, condition


def _work(proposal: Proposal) -> str | None:
    return _OPEN if proposal.state in _UNFINISHED else None


def _written(proposal: Proposal) -> _Proposal:
    return _Proposal(
        id=proposal.id,
        work=_work(proposal),
        programme=proposal.programme,
        district=proposal.district,
        fund=proposal.fund,
        year=proposal.year,
        state=proposal.state.value,
        entries=[_plain(entry) for entry in proposal.entries],
        approved_entries=proposal.approved_entries,
        proposer=proposal.proposer,
        approver=proposal.approver,
        key=proposal.key,
        body=proposal.body,
        ver=proposal.version,
        history=list(proposal.history),
    )


def _read(item: _Proposal) -> Proposal:
    return Proposal(
        id=ProposalId(item.id),
        programme=item.programme,
        district=item.district,
        fund=item.fund,
        year=int(item.year),
        state=ProposalState(item.state),
        entries=tuple(_entry(entry) for entry in item.entries),
        approved_entries=int(item.approved_entries),
        proposer=item.proposer,
        approver=item.approver,
        key=item.key,
        body=item.body,
        history=tuple(item.history),
    )


def _plain(entry: Entry) -> dict[str, Any]:
    """An entry as it is kept: a hundred of them pay for every byte, and most have no shares."""
    content = asdict(entry)
    if not entry.shares:
        del content["shares"]
    return content


def _entry(content: dict[str, Any]) -> Entry:
    """An entry; one from before there were traces is read with what it told of its course."""
    if "judged_on" in content:
        told = {name: content[name] for name in ("occupation", "level")}
        content = {
            **{name: content[name] for name in ("voucher_id", "amount_fen", "policy", "version")},
            "inputs": {"course": told},
        }
    shares = tuple(Share(**share) for share in content.get("shares", ()))
    return Entry(**{**content, "shares": shares})

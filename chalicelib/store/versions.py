"""The versions of the programmes' policies: one item each, in the programmes' table.

An item stands under its hash, with its document and the history of its proposals inside. An
approval moves the programme's timeline in the same transaction. Versions published before there
were proposals have no history.
"""

from datetime import datetime

from pynamodb.attributes import JSONAttribute, ListAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib import settings
from chalicelib.errors import NotFound
from chalicelib.policy.document import Document
from chalicelib.policy.version import Version, VersionState, told_by
from chalicelib.rules import calendar

from . import transact
from .table import Table

_DOCUMENT = "document"


class _Version(Table):
    class Meta:
        table_name = settings.load().programmes_table

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    document = JSONAttribute()
    state = UnicodeAttribute(null=True)
    proposer = UnicodeAttribute(null=True)
    ver = NumberAttribute(null=True)
    history = ListAttribute[str](of=UnicodeAttribute, null=True)  # type: ignore[arg-type]
    published_by = UnicodeAttribute(null=True)
    published_at = UnicodeAttribute(null=True)


def document(hash_: str) -> Document:
    """What a version says; NotFound."""
    return dict(_load(hash_).document)


def find(hash_: str) -> Version | None:
    """The version as it stands, or None."""
    try:
        return _read(_load(hash_))
    except NotFound:
        return None


def load(hash_: str) -> Version:
    """The version as it stands; NotFound."""
    return _read(_load(hash_))


def listed() -> list[Version]:
    """Every version, in no order."""
    kept = _Version.scan(_Version.part == _DOCUMENT, consistent_read=True)
    return [_read(item) for item in kept]


def keep(before: Version | None, after: Version, told: Document | None = None) -> None:
    """Keeps what a move made of the version as it was read; Lost where it is not so any more.

    A version that is new comes with its document.
    """
    item, actions, condition = _change(before, after, told)
    transact.write(lambda: item.update(actions, condition=condition), lambda: is_kept(after))


def keep_within(transaction: TransactWrite, before: Version | None, after: Version) -> None:
    """The same as one part of a transaction; who approves is not who proposed."""
    item, actions, condition = _change(before, after, None)
    if after.approver is not None:
        condition &= _Version.proposer != after.approver
    transaction.update(item, actions, condition=condition)


def is_kept(after: Version) -> bool:
    """Whether the item carries this version's last event, whatever came after it."""
    kept = find(after.hash)
    return kept is not None and kept.history[: len(after.history)] == after.history


def _load(hash_: str) -> _Version:
    try:
        return _Version.get(f"policy#{hash_}", _DOCUMENT, consistent_read=True)
    except _Version.DoesNotExist:
        raise NotFound("policy") from None


def _change(
    before: Version | None, after: Version, told: Document | None
) -> tuple[_Version, list[Action], Condition]:
    actions: list[Action] = [
        _Version.state.set(after.state.value),
        _Version.proposer.set(after.proposer),
        _Version.ver.set(len(after.history)),
        _Version.history.set(list(after.history)),
    ]
    if told is not None:
        actions.append(_Version.document.set(told))
    known = before.history if before else ()
    condition = _Version.ver == len(known) if known else _Version.ver.does_not_exist()
    if before and known:
        condition &= _Version.state == before.state.value
    return _Version(id=f"policy#{after.hash}", part=_DOCUMENT), actions, condition


def _read(item: _Version) -> Version:
    hash_, programme = item.id.removeprefix("policy#"), item.document["programme"]
    if item.history:
        return told_by(hash_, programme, tuple(item.history))
    on = calendar.civil_date(datetime.fromisoformat(str(item.published_at)))
    by = str(item.published_by)
    return Version(hash_, programme, VersionState.APPROVED, on, on, by, by, ())

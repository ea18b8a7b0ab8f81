"""The keys of requests that move no voucher: which object each of them made.

Items of the runs' table. A voucher and a line keep the keys of their moves in their own history.
"""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.transactions import TransactWrite

from chalicelib import settings

from . import transact
from .table import Table

_REQUEST = "request"


class _Request(Table):
    class Meta:
        table_name = settings.load().runs_table

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute()
    answer = UnicodeAttribute()


def remember_within(
    transaction: TransactWrite, actor: str, path: str, key: str, body: str, answer: str
) -> None:
    """Keeps which object a request's key made, as one part of a transaction."""
    item = _Request(id=_id(actor, path, key), part=_REQUEST, body=body, answer=answer)
    transaction.save(item, condition=_Request.id.does_not_exist())


def remember(actor: str, path: str, key: str, body: str, answer: str) -> None:
    """The same by itself, for what can be done twice without harm."""
    item = _Request(id=_id(actor, path, key), part=_REQUEST, body=body, answer=answer)
    transact.write(
        lambda: item.save(condition=_Request.id.does_not_exist()),
        lambda: remembered(actor, path, key) == (body, answer),
    )


def remembered(actor: str, path: str, key: str) -> tuple[str, str] | None:
    """The body's hash and the object of a request made under this key before, or None."""
    try:
        item = _Request.get(_id(actor, path, key), _REQUEST, consistent_read=True)
    except _Request.DoesNotExist:
        return None
    return str(item.body), str(item.answer)


def _id(actor: str, path: str, key: str) -> str:
    return f"request#{actor}#{path}#{key}"

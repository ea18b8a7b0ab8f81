"""What every item of the payments table shares: its id and the work that waits for it.

The index by_work is sparse: an item stands in it only while somebody has to do something.
"""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib import settings

from .table import Table


class _ByWork(GlobalSecondaryIndex["Payment"]):
    class Meta:
        index_name = "by_work"
        projection = KeysOnlyProjection()

    work = UnicodeAttribute(hash_key=True)


class Payment(Table):
    """An item of the payments table; which kind it is, its own module says."""

    class Meta:
        table_name = settings.load().payments_table

    id = UnicodeAttribute(hash_key=True)
    work = UnicodeAttribute(null=True)

    by_work = _ByWork()


def waiting(work: str, after: str, limit: int) -> tuple[list[str], str]:
    """At most `limit` ids that the index has under a work, and where the next page begins."""
    start = {"work": {"S": work}, "id": {"S": after}} if after else None
    found = Payment.by_work.query(work, limit=limit, page_size=limit, last_evaluated_key=start)
    listed = [str(item.id) for item in found]
    last = found.last_evaluated_key
    return listed, str(last["id"]["S"]) if last else ""

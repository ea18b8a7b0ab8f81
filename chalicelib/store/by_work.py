"""What every item of the payments table shares: its id, the work that waits, whom it pays.

Both indexes are sparse: by_work holds an item only while somebody has to do something, by_payee
only the lines that pay an organisation.
"""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib import settings
from chalicelib.rules.ids import OrganisationId

from . import pages
from .table import Table


class _ByWork(GlobalSecondaryIndex["Payment"]):
    class Meta:
        index_name = "by_work"
        projection = KeysOnlyProjection()

    work = UnicodeAttribute(hash_key=True)


class _ByPayee(GlobalSecondaryIndex["Payment"]):
    class Meta:
        index_name = "by_payee"
        projection = KeysOnlyProjection()

    payee_org = UnicodeAttribute(hash_key=True)


class Payment(Table):
    """An item of the payments table; which kind it is, its own module says."""

    class Meta:
        table_name = settings.load().payments_table

    id = UnicodeAttribute(hash_key=True)
    work = UnicodeAttribute(null=True)
    payee_org = UnicodeAttribute(null=True)

    by_work = _ByWork()
    by_payee = _ByPayee()


def waiting(work: str, after: str, limit: int) -> tuple[list[str], str]:
    """At most `limit` ids that the index has under a work, and where the next page begins."""
    return pages.page(Payment.by_work, {"work": work}, after, limit)


def payable_to(organisation_id: OrganisationId, after: str, limit: int) -> tuple[list[str], str]:
    """At most `limit` ids of lines that pay an organisation, and where the next page begins."""
    return pages.page(Payment.by_payee, {"payee_org": organisation_id}, after, limit)

"""Reading an index page by page: ids as the index has them, and where the next page begins.

An index is no ground for a decision; whoever reads a page here reads the items strongly after.
"""

from collections.abc import Mapping
from typing import Any

from pynamodb.indexes import GlobalSecondaryIndex


def page(
    index: GlobalSecondaryIndex[Any], key: Mapping[str, str], after: str, limit: int
) -> tuple[list[str], str]:
    """At most `limit` ids under the index's one key, after the one where the last page ended."""
    ((name, value),) = key.items()
    start = {name: {"S": value}, "id": {"S": after}} if after else None
    found = index.query(value, limit=limit, page_size=limit, last_evaluated_key=start)
    listed = [str(item.id) for item in found]
    last = found.last_evaluated_key
    return listed, str(last["id"]["S"]) if last else ""

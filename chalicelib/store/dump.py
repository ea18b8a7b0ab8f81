"""Whole tables, read strongly page by page into plain dictionaries: what the operator checks.

No model and no settings in here: a checker that read through the models would share their faults,
and the operator knows the tables' names from the stack.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .table import connection

Item = dict[str, Any]

OWNERS = (
    *("people", "organisations", "programmes", "classes", "vouchers"),
    *("checkins", "payments", "cases", "runs"),
)
"""The owners of facts, each with a table of its own."""

_PAGE_ITEMS = 500
"""A page that a slow connection can still answer within the read limit."""


@dataclass(frozen=True)
class Dump:
    """Every table's items by owner, as they stood while each was read."""

    people: tuple[Item, ...]
    organisations: tuple[Item, ...]
    programmes: tuple[Item, ...]
    classes: tuple[Item, ...]
    vouchers: tuple[Item, ...]
    checkins: tuple[Item, ...]
    payments: tuple[Item, ...]
    cases: tuple[Item, ...]
    runs: tuple[Item, ...]


def read(names: Mapping[str, str]) -> Dump:
    """Reads the tables with these names, by owner.

    Only a city at rest gives a dump that is of one moment. Raises Unavailable, or the library's
    error where a table does not exist.
    """
    return Dump(**{owner: tuple(_items(names[owner])) for owner in OWNERS})


def _items(table_name: str) -> Iterator[Item]:
    request: dict[str, Any] = {
        "TableName": table_name,
        "ConsistentRead": True,
        "Limit": _PAGE_ITEMS,
    }
    while True:
        # The reading half of PynamoDB's connection, which is patient with throttling.
        page = connection().dispatch("Scan", dict(request))
        for item in page["Items"]:
            yield {name: plain(value) for name, value in item.items()}
        if not page.get("LastEvaluatedKey"):
            return
        request["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def plain(value: Mapping[str, Any]) -> Any:
    """An attribute as Python's own value: numbers whole where they are, sets frozen."""
    ((kind, content),) = value.items()
    if kind in {"S", "BOOL", "B"}:
        return content
    if kind == "N":
        return _number(content)
    if kind == "NULL":
        return None
    if kind == "L":
        return [plain(inner) for inner in content]
    if kind == "M":
        return {name: plain(inner) for name, inner in content.items()}
    return frozenset(_number(inner) if kind == "NS" else inner for inner in content)


def _number(text: str) -> int | Decimal:
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else number

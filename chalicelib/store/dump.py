"""Whole tables, read strongly page by page into plain dictionaries: what the operator checks.

No model, no settings, no connection of the functions in here: a checker that read through the
models would share their faults, and the operator brings names and client of the stack he means.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Item = dict[str, Any]

OWNERS = (
    *("people", "organisations", "programmes", "classes", "vouchers"),
    *("checkins", "payments", "cases", "runs", "figures", "outbox"),
)
"""The owners of facts, each with a table of its own."""


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
    figures: tuple[Item, ...]
    outbox: tuple[Item, ...]


def read(client: Any, names: Mapping[str, str]) -> Dump:
    """Reads the tables with these names, by owner, through a botocore client of DynamoDB.

    Only a city at rest gives a dump that is of one moment. Raises the client's own errors.
    """
    return Dump(**{owner: tuple(items(client, names[owner])) for owner in OWNERS})


def items(client: Any, table_name: str, prefix: str = "") -> Iterator[Item]:
    """The items of one table whose `id` begins so, one page in memory at a time.

    Raises the client's own errors.
    """
    chosen = _beginning(prefix) if prefix else {}
    scan = client.get_paginator("scan")
    for page in scan.paginate(TableName=table_name, ConsistentRead=True, **chosen):
        for item in page["Items"]:
            yield {name: plain(value) for name, value in item.items()}


def _beginning(prefix: str) -> dict[str, Any]:
    return {
        "FilterExpression": "begins_with(id, :prefix)",
        "ExpressionAttributeValues": {":prefix": {"S": prefix}},
    }


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

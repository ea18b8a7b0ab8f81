"""The local cloud with one fault of ministack 1.5.33 mended; runs in its environment, not ours.

On AWS a PartiQL write goes into the table's stream like any other; MiniStack forgets it, so that
vouchers issued in bulk would never be told. Goes away with the version that tells them; the test
of the local cloud counts the records and would see both.
"""

from collections.abc import Callable
from typing import Any

from ministack.app import main
from ministack.services import dynamodb

Answer = tuple[int, Any, Any]


def _told(write: Callable[..., Answer]) -> Callable[..., Answer]:
    """The write, and after it the stream's record of what it changed."""

    def wrapped(table: dict[str, Any], parsed: dict[str, Any], *rest: Any) -> Answer:
        before = _kept(table, parsed)
        answer = write(table, parsed, *rest)
        if answer[0] == 200:
            name = "MODIFY" if before else "INSERT"
            dynamodb._emit_stream_event(table["TableName"], name, before, _kept(table, parsed))
        return answer

    return wrapped


def _kept(table: dict[str, Any], parsed: dict[str, Any]) -> dict[str, Any] | None:
    """The item that the statement names, as the table holds it."""
    item = parsed.get("item") or {}
    named = {
        attribute: value for attribute, op, value in parsed.get("conditions") or [] if op == "="
    }
    key = {**named, **(item["M"] if set(item) == {"M"} else item)}
    hash_key, range_key = table["pk_name"], table["sk_name"]
    if hash_key not in key:
        return None
    at = dynamodb._extract_key_val(key[range_key]) if range_key in key else "__no_sort__"
    found: dict[str, Any] | None = (
        table["items"].get(dynamodb._extract_key_val(key[hash_key]), {}).get(at)
    )
    return found


if __name__ == "__main__":
    dynamodb._partiql_insert = _told(dynamodb._partiql_insert)
    dynamodb._partiql_update = _told(dynamodb._partiql_update)
    main()

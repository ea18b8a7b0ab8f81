"""docs/asyncapi.json and docs/schemas, written anew by `python -m infra.async_contract`.

AsyncAPI 3.0 for whoever meets the city at a queue, with one JSON Schema per CloudEvent type and
version, in the draft that every tool of AsyncAPI 3.0 must read. Both come from the messages' own
types; no queue is asked.
"""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    # Types alone: main says which stage it is before anything of the city is imported.
    from infra.messages import Message, Queue

DOCUMENT = Path("docs/asyncapi.json")
SCHEMAS = Path("docs/schemas")
_DRAFT = "http://json-schema.org/draft-07/schema#"
_FORMAT = "application/schema+json;version=draft-07"
_WITHIN = "#/definitions/"
_ENVELOPE = ("specversion", "id", "source", "type")
"""Attributes without which nothing is a CloudEvent."""


def written() -> dict[Path, str]:
    """Every file as it is committed, by its path."""
    from infra.messages import MESSAGES

    schemas = {SCHEMAS / f"{each.event_type}.json": _text(schema(each)) for each in MESSAGES}
    return {DOCUMENT: _text(document())} | schemas


def schema(message: "Message") -> dict[str, Any]:
    """The JSON Schema of one type: its struct's, with the type itself as a constant."""
    (whole,), found = msgspec.json.schema_components(
        [message.carries], ref_template=_WITHIN + "{name}"
    )
    definitions: dict[str, Any] = _plain(found)
    body = definitions.pop(whole["$ref"].removeprefix(_WITHIN))
    if message.says:
        name, value = message.says
        data = definitions[body["properties"]["data"]["$ref"].removeprefix(_WITHIN)]
        data["properties"][name] = {"const": value}
    for described in (body, *definitions.values()):
        described["description"] = " ".join(described["description"].split())
    body["properties"]["type"] = {"const": message.event_type}
    body["required"] = list(dict.fromkeys((*_ENVELOPE, *body["required"])))
    return {
        "$schema": _DRAFT,
        "$id": f"urn:voucher-city:schema:{message.event_type}",
        **body,
        "title": message.event_type,
        "definitions": definitions,
    }


def _plain(schema: Any) -> Any:
    """The schema with the end of a pattern as its readers write it: `\\Z` is Python's."""
    if isinstance(schema, list):
        return [_plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {name: _plain(part) for name, part in schema.items()}
    if isinstance(plain.get("pattern"), str):
        plain["pattern"] = plain["pattern"].replace(r"\Z", "$")
    return plain


def document() -> dict[str, Any]:
    """The AsyncAPI document; schemas stand in files of their own beside it."""
    from infra.messages import MESSAGES

    queues = dict.fromkeys(message.queue for message in MESSAGES)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Voucher City: messages",
            "version": "1.0.0",
            "description": "CloudEvents 1.0 as JSON on Amazon SQS standard queues: at least once, "
            "in no promised order. A type ends with its version; fields are only ever added to a "
            "version. Money is whole fen, instants are RFC 3339 with +08:00.",
        },
        "defaultContentType": "application/json",
        "channels": {queue.output: _channel(queue, MESSAGES) for queue in queues},
        "operations": {
            f"{queue.action}{queue.output}": {
                "action": queue.action,
                "channel": {"$ref": f"#/channels/{queue.output}"},
                "summary": queue.title,
            }
            for queue in queues
        },
        "components": {"messages": {each.event_type: _message(each) for each in MESSAGES}},
    }


def _channel(queue: "Queue", messages: Sequence["Message"]) -> dict[str, Any]:
    return {
        "address": queue.output,
        "title": queue.title,
        "description": f"{queue.about} The stack's output {queue.output} is the queue's URL.",
        "messages": {
            each.event_type: {"$ref": f"#/components/messages/{each.event_type}"}
            for each in messages
            if each.queue is queue
        },
    }


def _message(message: "Message") -> dict[str, Any]:
    return {
        "name": message.event_type,
        "summary": " ".join((message.carries.__doc__ or "").split()),
        "contentType": "application/json",
        "payload": {
            "schemaFormat": _FORMAT,
            "schema": {"$ref": f"schemas/{message.event_type}.json"},
        },
    }


def _text(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write them anew, and remove the schema of what no longer is a message."""
    os.environ.setdefault("STAGE", "local")
    SCHEMAS.mkdir(exist_ok=True)
    files = written()
    for stale in set(SCHEMAS.glob("*.json")) - files.keys():
        stale.unlink()
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

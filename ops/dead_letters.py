"""Messages that could not be worked off: found, looked at, handed back to where they came from.

Here: where they lie and what handing back means. Not here: printing.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from infra.queue_names import collects
from ops.stack import StackOutputs

_BATCH = 10
_LOOKED_AT_FOR_S = 30
_HANDED_BACK_WITHIN_S = 60
_LONGEST = 120
_WAITING = "ApproximateNumberOfMessages"
_SCHEDULES = "ScheduleFailuresQueue"

Clients = Callable[[str], Any]
Moved = Callable[[int, int], None]


@dataclass(frozen=True)
class Letter:
    """One message: its id, when it was first sent, what it says, and the handle of this receipt."""

    id: str
    sent_at: datetime
    body: str
    handle: str
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class HandedBack:
    """How many messages were handed back, and the ids of those that had to be kept."""

    moved: int
    kept: tuple[str, ...]


def collecting(outputs: StackOutputs) -> dict[str, str]:
    """The addresses of all of the city's queues where failed messages collect, by name."""
    return {name: url for name, url in sorted(outputs.items()) if collects(name)}


def home(name: str) -> str | None:
    """Where the messages of a collecting queue go back to: a queue's name, or what failed.

    None where they name a stretch of a stream and carry no event that could be given again.
    """
    if name.endswith("DLQ"):
        return name.removesuffix("DLQ")
    return "the function that failed" if name == _SCHEDULES else None


def depth(sqs: Any, url: str) -> int:
    """Messages that wait in a queue."""
    told = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[_WAITING])
    return int(told["Attributes"][_WAITING])


def look(sqs: Any, url: str, limit: int) -> list[Letter]:
    """At most `limit` messages, which stay where they are."""
    letters = list(_received(sqs, url, limit, _LOOKED_AT_FOR_S))
    _put_down(sqs, url, letters)
    return letters


def oldest_s(letters: list[Letter], now: datetime) -> int | None:
    """For how many seconds the oldest of these has been on its way; None where there is none."""
    since = min((letter.sent_at for letter in letters), default=None)
    return None if since is None else max(0, int((now - since).total_seconds()))


def said(letter: Letter) -> Any:
    """What the message says, for a person: sealed and overlong texts are shortened."""
    try:
        return _shortened(json.loads(letter.body))
    except ValueError:
        return _shortened(letter.body)


def hand_back(clients: Clients, outputs: StackOutputs, name: str, moved: Moved) -> HandedBack:
    """Hand every message of a collecting queue back, and tell `moved` of each.

    A message is sent before it is deleted: killed in between, it is there twice, and whoever works
    it off finds it done. What cannot be handed back is kept.
    """
    sqs, url, kept = clients("sqs"), outputs[name], list[Letter]()
    total, done = depth(sqs, url), 0
    for letter in _received(sqs, url, sys.maxsize, _HANDED_BACK_WITHIN_S):
        if not _send_home(clients, outputs, name, letter):
            kept.append(letter)
            continue
        sqs.delete_message(QueueUrl=url, ReceiptHandle=letter.handle)
        done += 1
        moved(done, total)
    _put_down(sqs, url, kept)
    return HandedBack(done, tuple(letter.id for letter in kept))


def _send_home(clients: Clients, outputs: StackOutputs, name: str, letter: Letter) -> bool:
    """Send it to where it failed; False where it tells of no event that could be given again."""
    if name.endswith("DLQ"):
        clients("sqs").send_message(
            QueueUrl=outputs[name.removesuffix("DLQ")],
            MessageBody=letter.body,
            MessageAttributes=dict(letter.attributes),
        )
        return True
    # Source: AWS Lambda developer guide, "Invocation record" of an asynchronous destination.
    try:
        record = json.loads(letter.body)
        function, event = record["requestContext"]["functionArn"], record["requestPayload"]
    except (ValueError, TypeError, KeyError):
        return False
    clients("lambda").invoke(
        FunctionName=function.removesuffix(":$LATEST"),
        InvocationType="Event",
        Payload=json.dumps(event).encode(),
    )
    return True


def _received(sqs: Any, url: str, limit: int, seconds: int) -> Iterator[Letter]:
    """At most `limit` messages, each once, hidden from others for so many seconds."""
    seen = set[str]()
    while len(seen) < limit:
        answer = sqs.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=min(_BATCH, limit - len(seen)),
            VisibilityTimeout=seconds,
            AttributeNames=["SentTimestamp"],
            MessageAttributeNames=["All"],
        )
        fresh = [m for m in answer.get("Messages", []) if m["MessageId"] not in seen]
        if not fresh:
            return
        seen.update(message["MessageId"] for message in fresh)
        yield from map(_letter, fresh)


def _put_down(sqs: Any, url: str, letters: list[Letter]) -> None:
    """Let others see these messages again at once."""
    for letter in letters:
        sqs.change_message_visibility(
            QueueUrl=url, ReceiptHandle=letter.handle, VisibilityTimeout=0
        )


def _letter(message: Mapping[str, Any]) -> Letter:
    sent_ms = int(message["Attributes"]["SentTimestamp"])
    return Letter(
        id=message["MessageId"],
        sent_at=datetime.fromtimestamp(sent_ms / 1000, UTC),
        body=message["Body"],
        handle=message["ReceiptHandle"],
        attributes=message.get("MessageAttributes", {}),
    )


def _shortened(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _shortened(part, key) for key, part in value.items()}
    if isinstance(value, list):
        return [_shortened(part, name) for part in value]
    if isinstance(value, str) and (len(value) > _LONGEST or "sealed" in name):
        return f"{value[:8]}… ({len(value)} characters)"
    return value

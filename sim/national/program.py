"""The platform at work: hear events from one queue, answer on the other.

Here: the loop and the order of its effects. Not here: rules, wording, storage.
"""

import base64
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sim.national import messages
from sim.national.memory import Memory
from sim.national.news import News, UnreadableError, read_news
from sim.national.rules import Answer, Word, answer

LOG = logging.getLogger("national")
BATCH = 10
BUNDLE = 100

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Platform:
    """One platform: its name, queues, key, the city's key, its memory, clock and temper."""

    name: str
    sqs: Any
    kms: Any
    events_url: str
    results_url: str
    key_id: str
    city_key_id: str
    memory: Memory
    clock: Clock
    seed: int


@dataclass(frozen=True)
class Work:
    """What was done: events heard for the first time, heard again, letters sent."""

    heard: int = 0
    repeated: int = 0
    sent: int = 0

    def __add__(self, other: "Work") -> "Work":
        return Work(
            self.heard + other.heard, self.repeated + other.repeated, self.sent + other.sent
        )

    @property
    def idle(self) -> bool:
        """Whether there was nothing to do."""
        return self == Work()


def serve(platform: Platform, idle_s: float) -> Work:
    """Work until there was nothing to do for `idle_s` seconds; say what was done."""
    done = Work()
    quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < idle_s:
        work = work_once(platform, wait_s=1)
        done += work
        if not work.idle:
            quiet_since = time.monotonic()
    return done


def work_once(platform: Platform, wait_s: int = 0) -> Work:
    """One round: hear at most ten events; say what is due once a bundle is full or all is heard."""
    found = platform.sqs.receive_message(
        QueueUrl=platform.events_url, MaxNumberOfMessages=BATCH, WaitTimeSeconds=wait_s
    ).get("Messages", [])
    work = Work()
    done: list[dict[str, str]] = []
    for message in found:
        try:
            news = read_news(message["Body"], platform.kms, platform.key_id)
        except UnreadableError as error:
            # Left in the queue: after its fifth receive it goes to the dead letters.
            LOG.warning("not understood: %s", error)
            continue
        work += _note(platform, news)
        done.append({"Id": str(len(done)), "ReceiptHandle": message["ReceiptHandle"]})
    if done:
        # Deleted only now: one that dies before hears the event again and knows it.
        platform.sqs.delete_message_batch(QueueUrl=platform.events_url, Entries=done)
    _bundle(platform, least=BUNDLE if found else 1)
    return work + Work(sent=_send(platform))


def _note(platform: Platform, news: News) -> Work:
    memory, now = platform.memory, platform.clock()
    before = memory.times_told(news.event_id)
    said = answer(news, platform.seed, before)
    if said is None:
        memory.note(news.event_id, says=None)
    elif said.word is Word.ACKNOWLEDGED:
        memory.note(news.event_id, taken=[now + wait for wait in said.after], says=None)
    else:
        memory.note(news.event_id, says=_letter(platform, news.event_id, said, now))
    return Work(repeated=1) if before else Work(heard=1)


def _letter(platform: Platform, event_id: str, said: Answer, now: datetime) -> str:
    serial = platform.memory.next_serial()
    if said.word is Word.REFUSED:
        return messages.refused(platform.name, serial, now, event_id, said.reason)
    sealed = platform.kms.encrypt(
        KeyId=platform.city_key_id,
        Plaintext=json.dumps({"aae010": said.account}).encode(),
        EncryptionContext={"event_id": event_id},
    )["CiphertextBlob"]
    text = base64.b64encode(sealed).decode()
    return messages.account(platform.name, serial, now, event_id, text)


def _bundle(platform: Platform, least: int) -> None:
    memory, now = platform.memory, platform.clock()
    while len(taken := memory.to_acknowledge(now, BUNDLE)) >= least:
        event_ids = list(dict.fromkeys(event_id for _, event_id in taken))
        serial = memory.next_serial()
        body = messages.acknowledged(platform.name, serial, now, event_ids)
        memory.bundle([position for position, _ in taken], body)


def _send(platform: Platform) -> int:
    letters = platform.memory.letters()
    for start in range(0, len(letters), BATCH):
        batch = letters[start : start + BATCH]
        entries = [{"Id": str(letter.position), "MessageBody": letter.body} for letter in batch]
        reply = platform.sqs.send_message_batch(QueueUrl=platform.results_url, Entries=entries)
        sent = {int(entry["Id"]) for entry in reply.get("Successful", [])}
        platform.memory.mark_sent(letter for letter in batch if letter.position in sent)
    return len(letters)

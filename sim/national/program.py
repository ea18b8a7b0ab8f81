"""The platform at work: hear events from one queue, answer on the other.

Here: the loop and the order of its effects. Not here: rules, wording, storage.
"""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sim.desk.hearing import hear
from sim.desk.letters import send_due
from sim.desk.opening import Clock
from sim.desk.work import Work
from sim.national import messages
from sim.national.memory import Memory
from sim.national.news import read_news
from sim.national.rules import Answer, Word, answer

BUNDLE = 100


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


def work_once(platform: Platform, wait_s: int = 0) -> Work:
    """One round: hear at most ten events; say what is due once a bundle is full or all is heard."""
    known = hear(platform.sqs, platform.events_url, partial(_receive, platform), wait_s)
    _bundle(platform, least=BUNDLE if known else 1)
    letters, now = platform.memory.letters, platform.clock()
    sent = send_due(letters, platform.sqs, platform.results_url, now)
    return Work(heard=known.count(False), repeated=known.count(True), sent=sent)


def _receive(platform: Platform, body: str) -> bool:
    """Note the event with its answer; whether it was told before."""
    news = read_news(body, platform.kms, platform.key_id)
    memory, now = platform.memory, platform.clock()
    before = memory.times_told(news.event_id)
    said = answer(news, platform.seed, before)
    if said is None:
        memory.note(news.event_id)
    elif said.word is Word.ACKNOWLEDGED:
        memory.note(news.event_id, taken=[now + wait for wait in said.after])
    else:
        memory.note(news.event_id, says=[(_letter(platform, news.event_id, said, now), now)])
    return before > 0


def _letter(platform: Platform, event_id: str, said: Answer, now: datetime) -> str:
    serial = platform.memory.letters.next_position()
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
        serial = memory.letters.next_position()
        body = messages.acknowledged(platform.name, serial, now, event_ids)
        memory.bundle([position for position, _ in taken], body, now)

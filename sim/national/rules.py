"""How this platform behaves: takes, refuses, forgets, is late, repeats itself, states accounts.

Here: pure decisions by a seed and what was told. Not here: queues, files, or the wording.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256

from stdnum import luhn

from sim.national.news import News

LATE = timedelta(hours=1)
CARDS = "621700"
_IN_A_THOUSAND = 1000
_REFUSES = 5
_FORGETS = 20
_IS_LATE = 20
_REPEATS = 20
_STATES = 25


class Word(StrEnum):
    """What the platform can say about an event."""

    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    ACCOUNT = "account"


@dataclass(frozen=True)
class Answer:
    """What it says of an event it was told, and after which times it says so."""

    word: Word
    after: tuple[timedelta, ...] = (timedelta(0),)
    reason: str = ""
    account: str = ""


def answer(news: News, seed: int, told_before: int) -> Answer | None:
    """The platform's answer, or None where it forgets; told again, it takes what it takes at once.

    What it refuses it refuses every time, and a person's card is always the same.
    """
    if news.number and _die(seed, "account", news.number) < _STATES:
        return Answer(Word.ACCOUNT, account=_card(seed, news.number))
    throw = _die(seed, "answer", news.event_id)
    if throw < _REFUSES:
        return Answer(Word.REFUSED, reason="person_unknown" if news.number else "record_locked")
    if told_before or throw >= _REFUSES + _FORGETS + _IS_LATE + _REPEATS:
        return Answer(Word.ACKNOWLEDGED)
    if throw < _REFUSES + _FORGETS:
        return None
    late = throw < _REFUSES + _FORGETS + _IS_LATE
    return Answer(Word.ACKNOWLEDGED, after=(LATE,) if late else (timedelta(0), LATE))


def _die(seed: int, what: str, whom: str) -> int:
    return _number(seed, what, whom) % _IN_A_THOUSAND


def _card(seed: int, number: str) -> str:
    digits = f"{CARDS}{_number(seed, 'card', number) % 10**12:012d}"
    return digits + str(luhn.calc_check_digit(digits))


def _number(seed: int, what: str, whom: str) -> int:
    return int.from_bytes(sha256(f"{seed}/{what}/{whom}".encode()).digest()[:8])

"""Tokens of those who act, minted when they first act after a jump of the clock.

Here: one token per person and moment. Not here: what they may do.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sim.issuer import Issuer, mint, worker_subject

# Minted a little in the past: the functions' clocks are whole seconds apart from ours.
LEEWAY = timedelta(seconds=5)


@dataclass
class Tokens:
    """Mints at the city's time; a token is used again until the clock jumps."""

    issuer: Issuer
    now: Callable[[], datetime]
    _minted: dict[str, str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def staff(self, subject: str) -> str:
        """The token of a staff member."""
        return self._token(subject, None, None)

    def worker(self, document_number: str, client: str) -> str:
        """The token of a worker, carrying his document number, made for an app."""
        subject = worker_subject(self.issuer, document_number)
        return self._token(subject, document_number, client)

    def forget(self) -> None:
        """Drop all tokens: the clock has jumped."""
        with self._lock:
            self._minted.clear()

    def _token(self, subject: str, document_number: str | None, client: str | None) -> str:
        who = f"{subject} {client}"
        with self._lock:
            known = self._minted.get(who)
        if known is not None:
            return known
        issued_at = self.now() - LEEWAY
        token = mint(
            self.issuer, subject, issued_at, document_number=document_number, client=client
        )
        with self._lock:
            return self._minted.setdefault(who, token)

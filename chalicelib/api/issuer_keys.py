"""The issuer's public keys by key id, fetched from its JWKS document and kept in the process.

Not for any function but the authorizer's: this module imports the cryptography.
"""

import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.request import urlopen

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from chalicelib.errors import Unavailable

ALGORITHM = "ES256"
_TIMEOUT_S = 2
_MOST_BYTES = 256 * 1024
_FETCH_AT_MOST_EVERY_S = 30.0
_TRUSTED_FOR_S = 900.0


@dataclass
class IssuerKeys:
    """What the issuer publishes at one address; the one mutable thing of the authorizer."""

    url: str
    known: dict[str, ECKey] = field(default_factory=dict)
    fetched_at: float | None = None

    def key(self, key_id: str) -> ECKey | None:
        """The key of that id, or None where the issuer has none.

        An unknown id makes the document be fetched again, at most every 30 s, so that a flood of
        invented ids does not reach the issuer; a withdrawn key is forgotten within 15 minutes.
        Raises Unavailable when the issuer was never reached.
        """
        age_s = self._age_s()
        if age_s > _TRUSTED_FOR_S or (key_id not in self.known and age_s > _FETCH_AT_MOST_EVERY_S):
            self._fetch()
        return self.known.get(key_id)

    def _age_s(self) -> float:
        return float("inf") if self.fetched_at is None else time.monotonic() - self.fetched_at

    def _fetch(self) -> None:
        try:
            with urlopen(self.url, timeout=_TIMEOUT_S) as answer:
                self.known = _keys(json.loads(answer.read(_MOST_BYTES)))
        except (OSError, ValueError):
            if self.fetched_at is None:
                raise Unavailable("issuer") from None
        # After a failure too: the keys we have serve on, and the next attempt waits its turn.
        self.fetched_at = time.monotonic()


def _keys(document: Any) -> dict[str, ECKey]:
    entries = document.get("keys", ()) if isinstance(document, dict) else ()
    return {entry["kid"]: key for entry in entries if (key := _key(entry)) is not None}


def _key(entry: Any) -> ECKey | None:
    """A key that may sign access tokens, or None for any other entry of the document."""
    if not isinstance(entry, dict) or not isinstance(entry.get("kid"), str):
        return None
    fits = entry.get("kty") == "EC" and entry.get("crv") == "P-256"
    meant = entry.get("use", "sig") == "sig" and entry.get("alg", ALGORITHM) == ALGORITHM
    if not fits or not meant:
        return None
    try:
        return ECKey.import_key({name: entry[name] for name in ("kty", "crv", "x", "y")})
    except (JoseError, KeyError, TypeError, ValueError):
        return None

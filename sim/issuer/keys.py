"""The issuer's signing key, kept in a folder of its own.

Here: making, storing and reading the key. Not here: what is signed with it.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from joserfc.jwk import ECKey

ALGORITHM = "ES256"
KEY_FILE = "signing-key.json"


@dataclass(frozen=True)
class Issuer:
    """Who signs: its name in `iss`, the audience it mints for, and its private key."""

    url: str
    audience: str
    key: ECKey

    @property
    def key_id(self) -> str:
        """The key's thumbprint (RFC 7638); stands in every token's header as `kid`."""
        return self.key.thumbprint()


def open_issuer(folder: Path, url: str, audience: str) -> Issuer:
    """Open the issuer whose key lies in `folder`; the first call makes the key."""
    path = folder / KEY_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _store(path, ECKey.generate_key("P-256", private=True))
    key = ECKey.import_key(json.loads(path.read_text(encoding="utf-8")))
    return Issuer(url=url.rstrip("/"), audience=audience, key=key)


def _store(path: Path, key: ECKey) -> None:
    draft = path.with_suffix(f".{os.getpid()}.draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(key.as_dict(private=True), file)
    # A rename, so that a reader never meets half a key.
    draft.replace(path)

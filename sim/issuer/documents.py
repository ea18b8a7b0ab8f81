"""The two documents by which a verifier finds the issuer's public key.

Here: their content and where in the folder they lie. Not here: serving them over HTTP;
the front door of the local cloud does that.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from sim.issuer.keys import ALGORITHM, Issuer

CONFIGURATION_PATH = ".well-known/openid-configuration"
KEYS_PATH = "jwks.json"


def write_documents(issuer: Issuer, folder: Path) -> None:
    """Write `.well-known/openid-configuration` and `jwks.json` beneath `folder`."""
    configuration = {
        "issuer": issuer.url,
        "jwks_uri": f"{issuer.url}/{KEYS_PATH}",
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "subject_types_supported": ["pairwise"],
        "response_types_supported": ["code"],
    }
    public = issuer.key.as_dict(private=False)
    keys = {"keys": [{**public, "kid": issuer.key_id, "use": "sig", "alg": ALGORITHM}]}
    _write(folder / CONFIGURATION_PATH, configuration)
    _write(folder / KEYS_PATH, keys)


def _write(path: Path, document: Mapping[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")

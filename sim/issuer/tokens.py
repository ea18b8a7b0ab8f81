"""Access tokens as the city's identity provider would mint them.

Here: the claims of a worker's and of a staff member's token. Not here: verification,
which the city does by itself along the real path.
"""

import hashlib
import hmac
import json
import uuid
from datetime import datetime, timedelta

from joserfc import jwt

from sim.issuer.keys import ALGORITHM, Issuer

LIFETIME = timedelta(hours=1)


def mint(
    issuer: Issuer,
    subject: str,
    now: datetime,
    *,
    document_number: str | None = None,
    client: str | None = None,
    lifetime: timedelta = LIFETIME,
) -> str:
    """Sign an access token for `subject`, issued at `now` and valid for `lifetime`.

    A worker's token carries his `document_number`; a staff member's does not. `client` is the
    app that the token was made for (OpenID Connect's `azp`).
    """
    claims: dict[str, str | int] = {
        "iss": issuer.url,
        "aud": issuer.audience,
        "sub": subject,
        "iat": int(now.timestamp()),
        "exp": int((now + lifetime).timestamp()),
        "jti": uuid.uuid4().hex,
    }
    if document_number is not None:
        claims["document_number"] = document_number
    if client is not None:
        claims["azp"] = client
    header = {"alg": ALGORITHM, "kid": issuer.key_id, "typ": "at+jwt"}
    return jwt.encode(header, claims, issuer.key, algorithms=[ALGORITHM])


def worker_subject(issuer: Issuer, document_number: str) -> str:
    """The stable, pairwise subject of a worker: the same at every login, telling no number.

    Source: OpenID Connect Core 8.1, pairwise subject identifiers.
    """
    salt = json.dumps(issuer.key.as_dict(private=True), sort_keys=True).encode()
    digest = hmac.new(salt, document_number.encode(), hashlib.sha256).hexdigest()
    return f"worker-{digest[:24]}"

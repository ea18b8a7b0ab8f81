"""An access token as its claims, or Invalid: signature, issuer, audience, time (RFC 9068, 8725).

Not for any function but the authorizer's: this module imports the cryptography.
"""

from datetime import datetime
from functools import cache
from typing import Any

from joserfc import jws, jwt

from chalicelib.errors import CityError, Invalid

from .issuer_keys import ALGORITHM, IssuerKeys

_SCHEME = "Bearer "
_MOST_CHARACTERS = 8_192
_MOST_SUBJECT = 128
_LEEWAY_S = 30
# A token that brings its own key, or asks for an extension nobody here understands.
_REFUSED_HEADERS = frozenset({"jwk", "jku", "x5c", "x5u", "crit", "b64"})


@cache
def keys_of(url: str) -> IssuerKeys:
    """The process's keys of the issuer whose document lies there."""
    return IssuerKeys(url)


def claims(authorization: str, keys: IssuerKeys, issuer: str, audience: str, now: datetime) -> Any:
    """The verified claims of the header `Bearer <token>`.

    Raises Invalid `unauthenticated` for any fault of the token, Unavailable when the issuer's
    keys cannot be had.
    """
    if not authorization.startswith(_SCHEME) or len(authorization) > _MOST_CHARACTERS:
        raise Invalid("unauthenticated")
    try:
        return _verified(authorization.removeprefix(_SCHEME), keys, issuer, audience, now)
    except CityError:
        raise
    except Exception:
        # Hostile input meets three parsers here: whatever they stumble over, it is no token.
        raise Invalid("unauthenticated") from None


def _verified(token: str, keys: IssuerKeys, issuer: str, audience: str, now: datetime) -> Any:
    header = jws.extract_compact(token.encode("ascii")).headers()
    if header.get("alg") != ALGORITHM or header.keys() & _REFUSED_HEADERS:
        raise Invalid("unauthenticated")
    key = keys.key(str(header["kid"]))
    if key is None:
        raise Invalid("unauthenticated")
    content = jwt.decode(token, key, algorithms=[ALGORITHM]).claims
    registry = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=_LEEWAY_S,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": audience},
        exp={"essential": True},
        sub={"essential": True},
    )
    registry.validate(content)
    _check_texts(content)
    return content


def _check_texts(content: dict[str, Any]) -> None:
    subject = content["sub"]
    for claim in ("document_number", "azp"):
        said = content.get(claim, "-")
        if not isinstance(said, str) or len(said) > _MOST_SUBJECT:
            raise Invalid("unauthenticated")
    if not 0 < len(subject) <= _MOST_SUBJECT or not subject.isprintable():
        raise Invalid("unauthenticated")

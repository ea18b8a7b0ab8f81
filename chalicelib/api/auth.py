"""The authorizer: a bearer token as the caller's subject, his client and a worker's person id.

The document number stays here: what leaves is the id computed from it. What a caller may do is
decided elsewhere, from the city's own tables.
"""

from chalice.app import AuthRequest, AuthResponse, Blueprint

from chalicelib import settings
from chalicelib.errors import Invalid
from chalicelib.observability import observed
from chalicelib.usecases import identify

bp = Blueprint(__name__)


@bp.authorizer(name="authorize", ttl_seconds=60)
def authorize(request: AuthRequest) -> AuthResponse:
    """Lets a caller with a good token through to every route; any other gets a 401."""
    try:
        caller = identified(request.token)
    except Invalid:
        # The gateway turns this very text into a 401, and anything else into a 500.
        raise Exception("Unauthorized") from None
    return AuthResponse(routes=["*"], principal_id=caller["subject"], context=caller)


@observed
def identified(authorization: str) -> dict[str, str]:
    """Who the token says is calling; Invalid `unauthenticated` for a bad token."""
    # Every function that serves a route imports this module; only this one may pay for the
    # cryptography.
    from . import tokens

    known = settings.load()
    claims = tokens.claims(
        authorization,
        tokens.keys_of(known.oidc_jwks_url),
        known.oidc_issuer,
        known.oidc_audience,
        settings.now(),
    )
    caller = {"subject": claims["sub"]}
    if "azp" in claims:
        caller["channel"] = claims["azp"]
    if "document_number" in claims:
        caller["person_id"] = identify.person_of(claims["document_number"])
    return caller

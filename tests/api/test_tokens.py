"""A token opens the door or it is a 401; whatever is wrong with it makes no difference."""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from chalicelib.api.auth import authorize, identified
from chalicelib.api.issuer_keys import IssuerKeys
from chalicelib.errors import Invalid, Unavailable
from chalicelib.rules.ids import PersonId
from chalicelib.usecases import identify
from sim.issuer import Issuer, mint
from tests.builders import MONDAY

ARN = "arn:aws:execute-api:us-east-1:000000000000:api/v1/GET/me"
OTHER = ECKey.generate_key("P-256")


def ask(authorization: str) -> Any:
    """The authorizer's answer, as the gateway would ask for it."""
    event = {"type": "TOKEN", "authorizationToken": authorization, "methodArn": ARN}
    return authorize(event, {})


def encoded(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def claims(**changed: object) -> dict[str, Any]:
    """Good claims with some changed; None leaves one out."""
    good: dict[str, Any] = {
        "iss": "http://issuer.test",
        "aud": "voucher-city",
        "sub": "staff-city",
        "iat": int(MONDAY.timestamp()),
        "exp": int((MONDAY + timedelta(hours=1)).timestamp()),
    }
    return {name: value for name, value in (good | changed).items() if value is not None}


def signed(issuer: Issuer, key: Any = None, /, header: object = None, **changed: object) -> str:
    """A token of the issuer's, with a header, a key or claims of the forger's choice."""
    shown = {"alg": "ES256", "kid": issuer.key_id} | (header or {})  # type: ignore[operator]
    shown = {name: value for name, value in shown.items() if value is not None}
    return jwt.encode(shown, claims(**changed), key or issuer.key, algorithms=[shown["alg"]])


def after(seconds: int) -> int:
    return int(MONDAY.timestamp()) + seconds


def tampered(issuer: Issuer) -> str:
    head, _, signature = signed(issuer).split(".")
    return f"{head}.{encoded(claims(sub='staff-finance'))}.{signature}"


def unsigned(issuer: Issuer, algorithm: str = "none") -> str:
    return f"{encoded({'alg': algorithm, 'kid': issuer.key_id})}.{encoded(claims())}."


def keyed_with_the_public_key(issuer: Issuer) -> str:
    text = f"{encoded({'alg': 'HS256', 'kid': issuer.key_id})}.{encoded(claims())}"
    mark = hmac.digest(issuer.key.as_pem(private=False), text.encode(), "sha256")
    return f"{text}.{urlsafe_b64encode(mark).decode().rstrip('=')}"


def with_header(issuer: Issuer, name: str, value: object) -> str:
    """A token whose header names or brings the key it is signed with: the forger's own."""
    head = encoded({"alg": "ES256", "kid": issuer.key_id, name: value})
    _, body, signature = signed(issuer, OTHER).split(".")
    return f"{head}.{body}.{signature}"


def rsa(issuer: Issuer) -> str:
    return signed(issuer, RSAKey.generate_key(2048), header={"alg": "RS256"})


PUBLIC = OTHER.as_dict(private=False)
FORGED: dict[str, Callable[[Issuer], str]] = {
    "algorithm none": unsigned,
    "algorithm None": lambda issuer: unsigned(issuer, "None"),
    "HMAC with the public key": keyed_with_the_public_key,
    "RSA": rsa,
    "another curve": lambda issuer: signed(
        issuer, ECKey.generate_key("P-384"), header={"alg": "ES384"}
    ),
    "another key under the issuer's id": lambda issuer: signed(issuer, OTHER),
    "unknown key id": lambda issuer: signed(issuer, header={"kid": "unknown"}),
    "no key id": lambda issuer: signed(issuer, header={"kid": None}),
    "expired": lambda issuer: signed(issuer, exp=after(-31)),
    "never expires": lambda issuer: signed(issuer, exp=None),
    "expiry in words": lambda issuer: signed(issuer, exp="tomorrow"),
    "not yet valid": lambda issuer: signed(issuer, nbf=after(31)),
    "issued in the future": lambda issuer: signed(issuer, iat=after(31)),
    "another issuer": lambda issuer: signed(issuer, iss="http://elsewhere.test"),
    "no issuer": lambda issuer: signed(issuer, iss=None),
    "another audience": lambda issuer: signed(issuer, aud="another-city"),
    "no audience": lambda issuer: signed(issuer, aud=None),
    "no subject": lambda issuer: signed(issuer, sub=None),
    "empty subject": lambda issuer: signed(issuer, sub=""),
    "subject as a list": lambda issuer: signed(issuer, sub=["staff-city"]),
    "subject with a line feed": lambda issuer: signed(issuer, sub="staff\ncity"),
    "document number as a number": lambda issuer: signed(issuer, document_number=319900),
    "client as a number": lambda issuer: signed(issuer, azp=7),
    "no document number at all": lambda issuer: signed(issuer, document_number="abc"),
    "tampered payload": tampered,
    "signature cut off": lambda issuer: signed(issuer)[:-8],
    "signature left out": lambda issuer: signed(issuer).rpartition(".")[0] + ".",
    "header brings a key": lambda issuer: with_header(issuer, "jwk", PUBLIC),
    "header names a key's address": lambda issuer: with_header(issuer, "jku", "http://x.test/k"),
    "header brings a certificate": lambda issuer: with_header(issuer, "x5c", ["MIIB"]),
    "header names a certificate": lambda issuer: with_header(issuer, "x5u", "http://x.test/c"),
    "header with an extension": lambda issuer: with_header(issuer, "crit", ["exp"]),
    "payload outside the signature": lambda issuer: with_header(issuer, "b64", False),
    "header is a list": lambda issuer: f"{encoded([])}.{encoded(claims())}.AAAA",
    "header is nested": lambda issuer: f"{'W1tb' * 1500}.{encoded(claims())}.AAAA",
    "key id is a list": lambda issuer: (
        f"{encoded({'alg': 'ES256', 'kid': []})}.{encoded(claims())}.AAAA"
    ),
    "empty": lambda issuer: "",
    "garbage": lambda issuer: "garbage",
    "letters of no alphabet": lambda issuer: "職業.培訓.券",
    "five parts": lambda issuer: "a.b.c.d.e",
    "huge": lambda issuer: signed(issuer, padding="x" * 9000),
}


@pytest.mark.usefixtures("monday")
@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_a_forged_token_is_a_401(issuer: Issuer, forge: Callable[[Issuer], str]) -> None:
    with pytest.raises(Exception, match=r"^Unauthorized$"):
        ask(f"Bearer {forge(issuer)}")


@pytest.mark.usefixtures("monday")
@pytest.mark.parametrize("scheme", ["", "Basic ", "bearer", "Token "])
def test_only_the_bearer_scheme_is_a_sign_in(issuer: Issuer, scheme: str) -> None:
    with pytest.raises(Exception, match=r"^Unauthorized$"):
        ask(f"{scheme}{mint(issuer, 'staff-city', MONDAY)}")


@pytest.mark.usefixtures("monday")
def test_a_staff_token_tells_the_subject_and_opens_every_route(issuer: Issuer) -> None:
    answer = ask(f"Bearer {mint(issuer, 'staff-city', MONDAY)}")
    assert answer["context"] == {"subject": "staff-city"}
    (allowed,) = answer["policyDocument"]["Statement"][0]["Resource"]
    assert allowed.endswith("api/v1/*/*")


@pytest.mark.usefixtures("monday")
def test_a_workers_document_number_does_not_leave_the_authorizer(
    issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identify, "person_of", lambda number: PersonId(f"p-{len(number)}"))
    number = "319900199001010000"
    answer = ask(f"Bearer {mint(issuer, 'worker-1', MONDAY, document_number=number)}")
    assert answer["context"] == {"subject": "worker-1", "person_id": "p-18"}
    assert number not in json.dumps(answer)


@pytest.mark.usefixtures("monday")
def test_the_client_that_a_token_was_made_for_is_the_channel(issuer: Issuer) -> None:
    token = mint(issuer, "staff-city", MONDAY, client="wechat-card")
    assert identified(f"Bearer {token}") == {"subject": "staff-city", "channel": "wechat-card"}


@pytest.mark.usefixtures("monday")
@pytest.mark.parametrize("changed", [{"exp": after(-29)}, {"nbf": after(30)}, {"iat": after(30)}])
def test_clocks_may_differ_by_half_a_minute(issuer: Issuer, changed: dict[str, int]) -> None:
    assert identified(f"Bearer {signed(issuer, **changed)}") == {"subject": "staff-city"}


@pytest.mark.usefixtures("monday")
def test_the_city_may_be_one_of_several_audiences(issuer: Issuer) -> None:
    several = signed(issuer, aud=["another", "voucher-city"])
    assert identified(f"Bearer {several}") == {"subject": "staff-city"}


@pytest.mark.usefixtures("monday")
def test_a_bad_token_is_logged_as_a_refusal_without_its_content(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(Invalid):
        identified("Bearer secret-content")
    line = vars(caplog.records[-1])
    assert (line["log"], line["code"]) == ("E001", "unauthenticated")
    assert "secret-content" not in repr(line)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """A clock that only the test moves."""
    seconds = [1000.0]
    monkeypatch.setattr("chalicelib.api.issuer_keys.time.monotonic", lambda: seconds[0])

    def forward(by_s: float) -> None:
        seconds[0] += by_s

    return forward


def publish(jwks: Path, *keys: ECKey) -> None:
    entries = [key.as_dict(private=False) | {"kid": key.thumbprint()} for key in keys]
    jwks.write_text(json.dumps({"keys": entries}), encoding="utf-8")


def test_a_new_key_is_found_but_not_looked_for_twice_in_half_a_minute(
    jwks: Path, clock: Callable[[float], None]
) -> None:
    old, new = ECKey.generate_key("P-256"), ECKey.generate_key("P-256")
    publish(jwks, old)
    keys = IssuerKeys(jwks.as_uri())
    assert keys.key(old.thumbprint())
    publish(jwks, old, new)
    assert keys.key(new.thumbprint()) is None
    clock(31)
    assert keys.key(new.thumbprint())


def test_a_withdrawn_key_opens_nothing_after_a_quarter_of_an_hour(
    jwks: Path, clock: Callable[[float], None]
) -> None:
    old, new = ECKey.generate_key("P-256"), ECKey.generate_key("P-256")
    publish(jwks, old)
    keys = IssuerKeys(jwks.as_uri())
    assert keys.key(old.thumbprint())
    publish(jwks, new)
    clock(901)
    assert keys.key(old.thumbprint()) is None


def test_an_issuer_that_is_gone_keeps_its_known_keys_in_use(
    jwks: Path, clock: Callable[[float], None]
) -> None:
    old = ECKey.generate_key("P-256")
    publish(jwks, old)
    keys = IssuerKeys(jwks.as_uri())
    assert keys.key(old.thumbprint())
    jwks.unlink()
    clock(901)
    assert keys.key(old.thumbprint())


def test_an_issuer_never_reached_is_nobodys_bad_token(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        IssuerKeys((tmp_path / "absent.json").as_uri()).key("any")


@pytest.mark.parametrize(
    "entry",
    [
        "text",
        {"kty": "EC"},
        {"kid": "a", "kty": "oct", "k": "c2VjcmV0"},
        {"kid": "a", "kty": "EC", "crv": "P-256", "x": "??", "y": 1},
        {**PUBLIC, "kid": "a", "use": "enc"},
        {**PUBLIC, "kid": "a", "alg": "ES512"},
        {**PUBLIC, "kid": 7},
    ],
)
def test_an_entry_that_is_no_signing_key_is_passed_over(jwks: Path, entry: object) -> None:
    jwks.write_text(json.dumps({"keys": [entry]}), encoding="utf-8")
    assert IssuerKeys(jwks.as_uri()).key("a") is None


def test_a_document_that_is_no_key_set_gives_no_key(jwks: Path) -> None:
    jwks.write_text("[]", encoding="utf-8")
    assert IssuerKeys(jwks.as_uri()).key("a") is None

"""The local issuer: its tokens verify with the documents it publishes, and with nothing else."""

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from joserfc import jwt
from joserfc.jwk import KeySet

from sim.issuer import mint, open_issuer, worker_subject, write_documents
from sim.issuer.keys import KEY_FILE

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
URL = "http://localhost:8100"
NUMBER = "319900199001010010"


def published_keys(folder: Path) -> KeySet:
    return KeySet.import_key_set(json.loads((folder / "jwks.json").read_text()))


def test_a_token_verifies_with_the_published_keys(tmp_path: Path) -> None:
    issuer = open_issuer(tmp_path, URL, "voucher-city")
    write_documents(issuer, tmp_path / "www")
    token = jwt.decode(
        mint(issuer, "clerk-1", NOW), published_keys(tmp_path / "www"), algorithms=["ES256"]
    )
    assert token.header["kid"] == issuer.key_id
    assert token.claims["iss"] == URL
    assert token.claims["aud"] == "voucher-city"
    assert token.claims["sub"] == "clerk-1"
    assert token.claims["exp"] - token.claims["iat"] == timedelta(hours=1).total_seconds()
    assert "document_number" not in token.claims


def test_a_workers_token_carries_the_document_number(tmp_path: Path) -> None:
    issuer = open_issuer(tmp_path, URL, "voucher-city")
    subject = worker_subject(issuer, NUMBER)
    token = jwt.decode(mint(issuer, subject, NOW, document_number=NUMBER), issuer.key)
    assert token.claims["document_number"] == NUMBER
    assert NUMBER not in token.claims["sub"]


def test_no_two_tokens_are_the_same(tmp_path: Path) -> None:
    issuer = open_issuer(tmp_path, URL, "voucher-city")
    assert mint(issuer, "clerk-1", NOW) != mint(issuer, "clerk-1", NOW)


def test_the_key_survives_in_its_folder_and_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    first = open_issuer(tmp_path, URL, "voucher-city")
    second = open_issuer(tmp_path, URL, "voucher-city")
    assert first.key_id == second.key_id
    assert worker_subject(first, NUMBER) == worker_subject(second, NUMBER)
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


def test_the_published_documents_hold_no_private_part(tmp_path: Path) -> None:
    issuer = open_issuer(tmp_path, URL, "voucher-city")
    write_documents(issuer, tmp_path)
    (key,) = json.loads((tmp_path / "jwks.json").read_text())["keys"]
    assert "d" not in key
    configuration = json.loads((tmp_path / ".well-known" / "openid-configuration").read_text())
    assert configuration["issuer"] == URL
    assert configuration["jwks_uri"] == f"{URL}/jwks.json"

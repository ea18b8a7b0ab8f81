"""The documents of the messages are those of the types of today, and the bank's page is true."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import validators

from chalicelib.jobs.bank_results import BankEvent
from chalicelib.rules.moves import State
from chalicelib.rules.notice import Kind
from chalicelib.usecases import notice_words
from infra import async_contract
from infra.messages import MESSAGES, Message
from tests import money, office_files
from tests.docs.pages import ROOT, blocks
from tests.published import as_promised

BANK = ROOT / "docs" / "bank.md"
AGAIN = "write it anew: python -m infra.async_contract"
FILES = async_contract.written()


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_committed_document_is_the_one_of_today(path: Path) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == FILES[path], AGAIN


def test_the_command_that_writes_them_anew_needs_no_citys_environment(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "infra.async_contract"]
    subprocess.run(command, cwd=tmp_path, env=bare, check=True)
    assert {path: (tmp_path / path).read_text(encoding="utf-8") for path in FILES} == FILES


def test_no_schema_is_kept_of_what_is_no_message() -> None:
    kept = {path.name for path in (ROOT / async_contract.SCHEMAS).iterdir()}
    assert kept == {f"{each.event_type}.json" for each in MESSAGES}, AGAIN


def test_every_state_and_every_kind_of_notice_has_a_type_of_its_own() -> None:
    types = [each.event_type for each in MESSAGES]
    assert len(types) == len(set(types))
    assert sum(".voucher.voucher." in each for each in types) == len(State)
    assert sum(".notice." in each for each in types) == len(Kind)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda each: each.event_type)
def test_a_message_of_another_type_is_not_as_promised(message: Message) -> None:
    schema = async_contract.schema(message)
    assert schema["properties"]["type"] == {"const": message.event_type}
    with pytest.raises(AssertionError, match=message.event_type):
        as_promised({"specversion": "1.0", "id": "e-1", "type": message.event_type})


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """The schema and every schema within it."""
    yield schema
    for name in ("properties", "definitions"):
        for part in schema.get(name, {}).values():
            yield from parts(part)
    for part in (*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())):
        yield from parts(part)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda each: each.event_type)
def test_a_schema_is_sound_in_its_own_draft_which_every_tool_of_asyncapi_reads(
    message: Message,
) -> None:
    schema = async_contract.schema(message)
    draft = validators.validator_for(schema, default=None)
    assert draft is validators.Draft7Validator
    draft.check_schema(schema)
    payload = async_contract.document()["components"]["messages"][message.event_type]["payload"]
    assert payload["schemaFormat"] == "application/schema+json;version=draft-07"
    for part in parts(schema):
        assert part.keys() <= draft.META_SCHEMA["properties"].keys()
        # What stands beside a reference is not read in this draft.
        assert "$ref" not in part or len(part) == 1


def references(node: Any) -> list[str]:
    """Every $ref beneath a node."""
    if isinstance(node, list):
        return [found for each in node for found in references(each)]
    if not isinstance(node, dict):
        return []
    own = [node["$ref"]] if "$ref" in node else []
    return own + [found for each in node.values() for found in references(each)]


def test_every_reference_of_the_document_leads_to_something() -> None:
    document = async_contract.document()
    for reference in references(document):
        if reference.startswith("schemas/"):
            assert async_contract.SCHEMAS.parent / reference in FILES
            continue
        node: Any = document
        for step in reference.removeprefix("#/").split("/"):
            node = node[step]


def test_both_catalogues_have_the_words_of_every_kind_with_the_same_facts() -> None:
    chinese, english = map(notice_words.templates, notice_words.LANGUAGES)
    assert chinese.keys() == english.keys() == set(Kind)
    for kind in Kind:
        named = [
            {fact for fact in FACTS if f"{{{fact}}}" in told[kind]["body"]}
            for told in (chinese, english)
        ]
        assert named[0] == named[1], kind
        assert english[kind]["title"].isascii()


FACTS = ("programme", "expires_on", "starts_on", "starts_time", "amount")


def test_the_banks_page_shows_messages_as_the_schemas_promise_them() -> None:
    request, *words = [json.loads(block) for block in blocks(BANK, "json")]
    assert as_promised(request)["type"].endswith(".requested.v1")
    for word in words:
        msgspec.convert(as_promised(word), BankEvent)


def test_the_banks_page_names_every_word_of_the_bank() -> None:
    page = BANK.read_text(encoding="utf-8")
    for message in MESSAGES:
        if message.carries is BankEvent:
            assert f"| `{message.event_type}` |" in page


@pytest.mark.usefixtures("aws_city")
def test_the_code_of_the_banks_page_opens_a_real_request() -> None:
    money.open_books()
    money.sent()
    (event,) = money.at_the_bank()
    shown: dict[str, Any] = {}
    (code,) = blocks(BANK, "python")
    exec(code, shown)
    assert shown["payee"](event) == {
        "payee_name": "张样例",
        "account": office_files.account(1),
        "branch_code": "",
    }

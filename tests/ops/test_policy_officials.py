"""`voucherctl policy` as two officials use it: one proposes a folder, another approves it."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from chalicelib.policy import digest
from ops.policies import programmes
from ops.voucherctl import app
from tests.ops.fake_city import Asked, Reply, fake_city, problem

FOLDER = "policies/shanghai"
NAMES = {document["programme"] for document in programmes(Path(FOLDER))}


def call(url: str, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["--api-url", url, "--token", "t", *arguments])
    return result.exit_code, result.stdout


def a_version(document: Any, state: str = "proposed", **more: Any) -> dict[str, Any]:
    return {
        "programme": document["programme"],
        "hash": digest(document),
        "effective_from": "2026-03-02",
        "state": state,
        "proposer": "staff-city-01",
        "approver": None,
    } | more


def test_the_places_programmes_are_proposed_under_their_hashes() -> None:
    with fake_city(lambda asked: (201, a_version(asked.body["document"]))) as city:
        code, printed = call(city.url, "policy", "propose", FOLDER, "--json")
        later, _ = call(city.url, "policy", "propose", FOLDER, "--from", "2027-01-01")
    assert (code, later) == (0, 0)
    assert {row["programme"] for row in json.loads(printed)} == NAMES
    assert {asked.body["programme"] for asked in city.asked} == NAMES
    assert [asked.body.get("effective_from") for asked in city.asked] == [
        *[None] * len(NAMES),
        *["2027-01-01"] * len(NAMES),
    ]


@pytest.mark.parametrize("move", ["approve", "withdraw"])
def test_a_second_official_names_the_folder_or_the_hash(move: str) -> None:
    waiting = [a_version(document) for document in programmes(Path(FOLDER))]

    def answer(asked: Asked) -> Reply:
        if asked.method == "GET":
            return 200, {"policies": waiting, "in_force": []}
        return 200, next(row for row in waiting if row["hash"] in asked.path)

    with fake_city(answer) as city:
        code, printed = call(city.url, "policy", move, FOLDER, "--json")
        alone, _ = call(city.url, "policy", move, waiting[0]["hash"])
    assert (code, alone) == (0, 0)
    assert {row["programme"] for row in json.loads(printed)} == NAMES
    end = {"approve": "approval", "withdraw": "withdrawal"}[move]
    posted = [asked.path for asked in city.asked if asked.method == "POST"]
    assert posted == [f"/policies/{row['hash']}/{end}" for row in (*waiting, waiting[0])]


@pytest.mark.parametrize(
    ("states", "code", "said"),
    [
        (("approved", "approved", "proposed"), 0, ""),
        (("approved", "approved", "approved"), 1, "no proposal of it waits"),
        (("withdrawn", "approved", "proposed"), 1, "nobody has proposed"),
    ],
)
def test_of_a_folder_what_waits_is_approved_if_the_rest_is_already(
    states: tuple[str, ...], code: int, said: str
) -> None:
    documents = list(programmes(Path(FOLDER)))
    states = (*["approved"] * (len(documents) - len(states)), *states)
    known = [a_version(one, state) for one, state in zip(documents, states, strict=True)]

    def answer(asked: Asked) -> Reply:
        told = {"policies": known, "in_force": []}
        return 200, told if asked.method == "GET" else known[-1]

    with fake_city(answer) as city:
        ended, printed = call(city.url, "policy", "approve", FOLDER, "--json")
    assert ended == code
    assert said in printed
    posted = [asked.path for asked in city.asked if asked.method == "POST"]
    assert posted == ([f"/policies/{known[-1]['hash']}/approval"] if code == 0 else [])


def test_the_list_marks_what_is_in_force_today() -> None:
    [document] = programmes(Path(FOLDER) / "check-in")
    old = a_version(document, "withdrawn")
    kept = a_version(document, "approved", approver="staff-city-02")
    told = {"policies": [old, kept], "in_force": [{"programme": "check-in", "hash": old["hash"]}]}
    with fake_city(lambda asked: (200, told)) as city:
        code, printed = call(city.url, "policy", "list")
    assert code == 0
    assert printed.splitlines() == [
        "check-in from 2026-03-02: withdrawn",
        f"    {old['hash']}",
        "    proposed by staff-city-01",
        "check-in from 2026-03-02: approved",
        f"    {old['hash']}",
        "    proposed by staff-city-01 · approved by staff-city-02 · in force today",
    ]


@pytest.mark.parametrize(
    "words", [("approve", "policies/shangai"), ("propose", FOLDER, "--from", "x")]
)
def test_a_call_that_names_no_folder_or_no_day_is_a_wrong_call(words: tuple[str, ...]) -> None:
    with fake_city(lambda asked: (200, {})) as city:
        code, _ = call(city.url, "policy", *words)
    assert (code, city.asked) == (2, [])


@pytest.mark.parametrize(
    ("status", "refused", "advice"),
    [(403, "same_person", "second person"), (400, "past_changed", "corrected = {")],
)
def test_a_refusal_says_what_an_official_does_about_it(
    status: int, refused: str, advice: str
) -> None:
    with fake_city(lambda asked: problem(status, refused)) as city:
        words = ["--api-url", city.url, "policy", "approve", "0" * 32]
        result = CliRunner().invoke(app, words)
    assert result.exit_code == 1
    assert advice in result.stderr


def test_a_city_that_keeps_another_policy_is_told_of() -> None:
    [document] = programmes(Path(FOLDER) / "check-in")
    with fake_city(lambda asked: (201, a_version(document, hash="other"))) as city:
        code, _ = call(city.url, "policy", "propose", f"{FOLDER}/check-in")
    assert code == 1


def test_a_faulty_policy_is_not_proposed(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text('[programme]\ncode = "x"\n')
    with fake_city(lambda asked: (201, {})) as city:
        code, _ = call(city.url, "policy", "propose", str(tmp_path))
    assert code == 1
    assert city.asked == []

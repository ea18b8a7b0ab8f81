"""The operator's command, told by what it prints and how it ends."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from ops.voucherctl import app
from sim.issuer import open_issuer
from tests.ops.fake_city import RUN, fake_city, problem


def call(url: str, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["--api-url", url, "--token", "t", *arguments])
    return result.exit_code, result.stdout


def test_a_run_is_shown_with_its_refused_rows() -> None:
    with fake_city(lambda asked: (200, RUN)) as city:
        code, printed = call(city.url, "run", "show", "run-1")
    assert code == 0
    assert "check_digit" in printed
    assert city.asked[0].path == "/runs/run-1"


def test_json_is_the_whole_output() -> None:
    with fake_city(lambda asked: (200, RUN)) as city:
        code, printed = call(city.url, "run", "show", "run-1", "--json")
    assert code == 0
    assert json.loads(printed) == RUN


def test_an_absent_run_ends_with_one_and_the_problem() -> None:
    with fake_city(lambda asked: problem(404, "not_found")) as city:
        code, printed = call(city.url, "run", "show", "run-1", "--json")
    assert code == 1
    assert json.loads(printed)["code"] == "not_found"


def test_a_city_that_does_not_answer_ends_with_four() -> None:
    with fake_city(lambda asked: (200, RUN)) as city:
        url = city.url
    code, printed = call(url, "run", "show", "run-1", "--json")
    assert code == 4
    assert "GET /runs/run-1" in json.loads(printed)["failed"]


def test_a_batch_is_ordered_and_followed() -> None:
    done = {**RUN, "kind": "batch", "refused": 0, "refusals": []}
    with fake_city(lambda asked: (202 if asked.method == "POST" else 200, done)) as city:
        code, _ = call(city.url, "batch", "issue", "social-training", "registered-unemployed")
    assert code == 0
    assert city.asked[0].body == {"programme": "social-training", "group": "registered-unemployed"}


def test_a_batch_is_for_a_group_or_for_a_list() -> None:
    done = {**RUN, "kind": "batch", "refused": 0, "refusals": []}
    with fake_city(lambda asked: (202 if asked.method == "POST" else 200, done)) as city:
        order = ("batch", "issue", "social-training")
        codes = [
            call(city.url, *order, *whom)[0]
            for whom in (["--list", "重点企业名单"], [], ["employee", "--list", "重点企业名单"])
        ]
    assert codes == [0, 2, 2]
    assert city.asked[0].body == {"programme": "social-training", "listed": "重点企业名单"}
    assert [asked.method for asked in city.asked].count("POST") == 1


def test_a_resend_is_ordered_with_the_first_instants_of_its_dates() -> None:
    done = {**RUN, "kind": "resend", "refused": 0, "refusals": []}
    with fake_city(lambda asked: (202 if asked.method == "POST" else 200, done)) as city:
        span = ("--from", "2026-03-02", "--to", "2026-03-03T12:00:00Z")
        code, _ = call(city.url, "national", "resend", *span)
        wrong, shown = call(
            city.url, "national", "resend", "--from", "monday", "--to", "x", "--json"
        )
    assert code == 0
    assert (city.asked[0].method, city.asked[0].path) == ("POST", "/national/resends")
    assert city.asked[0].body == {
        "since": "2026-03-02T00:00:00+08:00",
        "until": "2026-03-03T20:00:00+08:00",
    }
    assert wrong == 1
    assert "'monday' is no time" in json.loads(shown)["failed"]


def test_a_failed_run_ends_with_one_and_its_reason() -> None:
    failed = {**RUN, "state": "failed", "failure": "no_such_object"}
    with fake_city(lambda asked: (202, failed)) as city:
        code, printed = call(city.url, "batch", "issue", "p", "g", "--json")
    assert code == 1
    assert "no_such_object" in json.loads(printed)["failed"]


def test_a_worker_token_is_minted_from_the_issuers_folder(tmp_path: Path) -> None:
    issuer = open_issuer(tmp_path, "http://localhost:8080", "voucher-city")
    arguments = ["--folder", str(tmp_path), "--issuer-url", issuer.url, "--json"]
    number = ["--document-number", "319900200001010013"]
    code, printed = call("http://unused", "token", "mint", *arguments, *number)
    assert code == 0
    told = json.loads(printed)
    assert told["subject"].startswith("worker-")
    assert told["token"].count(".") == 2


def test_a_token_is_for_one_person(tmp_path: Path) -> None:
    arguments = ["--folder", str(tmp_path), "--issuer-url", "http://localhost:8080"]
    code, _ = call("http://unused", "token", "mint", *arguments)
    assert code == 2


@pytest.mark.parametrize("now", ["yesterday", "2026-03-02T09:00:00", "0001-01-01T00:00:00+14:00"])
def test_a_clock_that_cannot_be_read_is_a_wrong_call(tmp_path: Path, now: str) -> None:
    arguments = ["--folder", str(tmp_path), "--issuer-url", "http://localhost:8080"]
    command = ["token", "mint", *arguments, "--subject", "staff-city", "--now", now]
    result = CliRunner().invoke(app, command, env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert "2026-03-02T09:00:00+08:00" in result.stderr


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command beneath a group, by the words that call it."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


@pytest.mark.parametrize("command", list(commands(typer.main.get_command(app))), ids=" ".join)
def test_every_command_speaks_json(command: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    assert "--json" in result.stdout


def test_an_operator_who_names_no_region_is_told_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    result = CliRunner().invoke(app, ["dlq", "list"])
    assert result.exit_code == 4
    assert "AWS_DEFAULT_REGION" in result.stderr

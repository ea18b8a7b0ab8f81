"""The whole story on a city of two hundred: the same player as the demo's, the same doors."""

import csv
import json
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from chalicelib.rules.file_format import FileFormat
from chalicelib.store import spreadsheets
from infra import paths
from ops.check import Report
from ops.demo.arrival import DeployedCity, arrive
from ops.demo.audit import audit
from ops.demo.clock import offset_to
from ops.demo.play import play
from ops.demo.screen import Screen
from ops.demo.story import read_story
from ops.demo.verdict import read_expected
from ops.demo.world import World
from ops.failures import must
from sim.city import make_city

SEED = 2026
WORKERS = 200


@dataclass(frozen=True)
class Played:
    """A city whose year is over, what the checker says of it, and what the audience saw."""

    world: World
    report: Report
    expected: dict[str, int]
    shown: str


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small city's files."""
    folder = tmp_path_factory.mktemp("samples")
    for name, content in make_city(seed=SEED, workers=WORKERS).items():
        (folder / name).write_bytes(content)
    _bring_results_as_a_workbook(folder)
    return folder


def _bring_results_as_a_workbook(folder: Path) -> None:
    """This city's assessment body works in Excel; what comes of its file must be the same."""
    with (folder / "results.csv").open(encoding="utf-8-sig", newline="") as written:
        heading, *rows = csv.reader(written)
    with (folder / "results.xlsx").open("wb") as out:
        spreadsheets.write(out, FileFormat.XLSX, "考核结果", heading, rows)
    story = folder / "story.json"
    told = story.read_text(encoding="utf-8").replace("results.csv", "results.xlsx")
    story.write_text(told, encoding="utf-8")


@pytest.fixture(scope="module")
def played(city: Any, samples: Path) -> Played:
    """The story, played to its end."""
    shown = StringIO()
    deployed = DeployedCity(
        api_url=city.stack.api_url,
        outputs=city.stack.outputs,
        functions=city.stack.functions,
        environment=city.cloud.environment(),
        issuer=city.issuer,
        folder=city.folder,
    )
    offset_s = offset_to(read_story(samples).moments["S0"])
    city.set_offset(offset_s)
    screen = Screen(Console(file=shown, width=160, highlight=False))
    policies = paths.ROOT / "policies" / "shanghai"
    world = arrive(deployed, samples, policies, screen, city.set_offset, offset_s)
    play(world)
    return Played(world, audit(deployed), read_expected(samples), shown.getvalue())


def test_every_count_is_the_one_that_the_city_generator_expects(played: Played) -> None:
    assert dict(played.report.counts) == played.expected


def test_the_checker_finds_no_breach(played: Played) -> None:
    assert list(played.report.breaches) == []


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "unauthenticated"),
        (403, "not_in_office"),
        (409, "code_spent"),
        (422, "filed_too_late"),
        (422, "enrolled_too_late"),
        (403, "same_person"),
    ],
)
def test_a_refusal_on_the_way_has_its_code(played: Played, status: int, code: str) -> None:
    assert {answer.status for answer in played.world.notebook.refusals[code]} == {status}


def test_a_class_filed_too_late_is_told_the_rule_in_chinese_and_in_english(played: Played) -> None:
    chinese, english = played.world.notebook.refusals["filed_too_late"]
    assert chinese.media_type == english.media_type == "application/problem+json"
    assert chinese.json["title"] != english.json["title"]
    assert english.json["title"].isascii()
    assert not chinese.json["title"].isascii()
    assert chinese.json["rule"]["section"] == english.json["rule"]["section"]


def test_every_bad_row_of_the_roster_is_told_by_line_column_and_reason(
    played: Played, samples: Path
) -> None:
    expected = read_refusals(samples)
    refusals = played.world.notebook.runs["roster"].refusals
    assert {(each.line, each.column, each.code) for each in refusals} == expected
    assert all(each.reason for each in refusals)


def test_nothing_is_left_in_a_queue_or_among_the_dead_letters(played: Played) -> None:
    queues = [name for name in played.world.doors.outputs if "Queue" in name]
    assert len(queues) > 10
    assert {name: played.world.doors.depth(name) for name in queues} == dict.fromkeys(queues, 0)


def test_a_learner_prints_a_record_that_anybody_can_check(played: Played) -> None:
    world = played.world
    learner = world.story.classes[0].learners[0].person
    printed = must(world.api.post("/me/records", world.worker(learner), {}), 201).json
    assert printed["totals"]["lessons_signed"] > 0
    checked = must(world.api.get(f"/records/{printed['verification']['code']}", None), 200).json
    assert (checked["genuine"], checked["changed_since"]) == (True, False)
    asked = {"reason": "appeal", "document_number": world.story.people[learner]}
    officer = world.tokens.staff(world.story.cast.city_officer)
    read = must(world.api.post("/record-look-ups", officer, asked, accept="text/html"), 201)
    assert read.media_type == "text/html"
    assert printed["document_number"] in read.text
    assert asked["document_number"] not in read.text


def test_organisations_see_their_own_and_the_money_that_goes_to_them(played: Played) -> None:
    world = played.world
    school_class = world.story.classes[0]
    desk = world.tokens.staff(world.story.cast.desks[school_class.institution])
    classes = must(world.api.get("/institution/classes", desk), 200).json["classes"]
    class_id = world.notebook.class_ids[school_class.class_no]
    assert class_id in {each["class_id"] for each in classes}
    learners = must(world.api.get(f"/classes/{class_id}/learners", desk), 200).json["learners"]
    assert sum(each["attendance"]["signed_good"] for each in learners) > 0
    for line in must(world.api.get("/institution/lines", desk), 200).json["lines"]:
        assert line["amount_fen"] > 0
    personnel = world.tokens.staff("staff-enterprise-01")
    staff = must(world.api.get("/enterprise/vouchers", personnel), 200).json["vouchers"]
    assert {each["paid_by"] for each in staff} <= {"enterprise"}


def test_the_audience_sees_every_scene(played: Played) -> None:
    for moment in played.world.story.moments:
        assert f"{moment} · " in played.shown


def read_refusals(samples: Path) -> set[tuple[int, str, str]]:
    summary = json.loads((samples / "summary.json").read_text(encoding="utf-8"))
    return {(row["line"], row["column"], row["code"]) for row in summary["refusals"]}

"""The demo's parts, each without a cloud."""

import json
import threading
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from ops.demo.clock import CityClock, offset_to
from ops.demo.crew import CLIENTS, one_each, together
from ops.demo.doors import scheduled_event
from ops.demo.precheck import precheck
from ops.demo.screen import Screen, Step
from ops.demo.story import read_story
from ops.demo.tokens import Tokens
from ops.demo.verdict import Verdict, show_explanation, write_result
from ops.failures import StepFailedError
from sim.issuer import open_issuer

SAMPLES = Path("samples")
SILENT = Step(None, 0)


def test_the_crew_keeps_the_order_of_its_jobs() -> None:
    assert together(lambda job: job * 2, range(100), SILENT, one_each) == list(range(0, 200, 2))


def test_the_crew_works_side_by_side() -> None:
    # Who waits at the barrier goes on only once all of them stand there; alone they would break it.
    meeting = threading.Barrier(CLIENTS, timeout=10)
    met = together(lambda job: meeting.wait(), range(CLIENTS), SILENT, one_each)
    assert sorted(met) == list(range(CLIENTS))


def test_the_first_failure_drops_what_has_not_begun() -> None:
    begun: list[int] = []
    never = threading.Event()

    def act(job: int) -> None:
        begun.append(job)
        if job == 0:
            raise StepFailedError("step", "wrong", "mend it")
        never.wait(0.02)

    with pytest.raises(StepFailedError, match="wrong"):
        together(act, range(10_000), SILENT, one_each)
    assert len(begun) < 10_000


def test_a_jump_tells_the_city_its_distance_from_the_machines_time() -> None:
    told: list[int] = []
    clock = CityClock(told.append, 0)
    moment = datetime.now(UTC) + timedelta(days=100)
    clock.jump(moment)
    assert told == [clock.offset_s]
    assert abs(clock.now() - moment) < timedelta(seconds=2)
    assert abs(offset_to(moment) - 100 * 86_400) <= 1


def test_a_token_is_kept_until_the_clock_jumps(tmp_path: Path) -> None:
    issuer = open_issuer(tmp_path, "http://localhost:1", "voucher-city")
    tokens = Tokens(issuer, lambda: datetime.now(UTC))
    first = tokens.staff("clerk")
    assert tokens.staff("clerk") == first
    assert tokens.worker("319900200001010013", "wechat-card") != first
    tokens.forget()
    assert tokens.staff("clerk") != first


def test_a_schedule_is_woken_with_the_event_that_eventbridge_sends() -> None:
    moment = datetime.fromisoformat("2027-01-01T00:30:00+08:00")
    event = scheduled_event("Expire", moment)
    assert event["time"] == "2026-12-31T16:30:00Z"
    assert event["source"] == "aws.events"
    assert event["detail-type"] == "Scheduled Event"


def test_without_a_terminal_each_step_is_one_plain_line() -> None:
    written = StringIO()
    screen = Screen(Console(file=written, width=100))
    screen.scene("S0")
    with screen.step("claims", total=3) as step:
        step.advance(3)
        step.note = "all"
    assert "\x1b" not in written.getvalue()
    assert "✓ claims 3 · all" in written.getvalue()
    assert list(screen.seconds) == ["claims"]


def test_the_story_is_read_whole() -> None:
    story = read_story(SAMPLES)
    by_name = sorted(story.moments, key=lambda name: int(name[1:]))
    assert by_name == sorted(story.moments, key=lambda name: story.moments[name])
    assert len(story.moments) <= 12
    assert {row.moment for row in story.check_ins} < set(story.moments)
    learners = [learner for each in story.classes for learner in each.learners]
    assert {learner.paid_by for learner in learners} == {"worker", "institution", "enterprise"}
    assert set(story.classes[0].filing) == {
        *("class_no", "programme", "site_no", "occupation", "level", "capacity", "lessons")
    }


def test_a_verdict_passes_only_with_equal_counts_and_no_breach() -> None:
    counts = {"issued": 3, "paid": 1}
    assert Verdict(counts, counts, ()).passed
    assert not Verdict(counts, counts, ("money",)).passed
    other = Verdict(counts, {"issued": 4, "paid": 1}, ())
    assert not other.passed
    assert other.differing == ("issued",)


def test_a_count_that_is_missing_differs() -> None:
    assert Verdict({}, {"issued": 0}, ()).differing == ("issued",)


def test_the_result_has_the_expected_keys_breaches_and_seconds(tmp_path: Path) -> None:
    verdict = Verdict({"issued": 3}, {"issued": 3}, ("one", "two"))
    write_result(tmp_path / "build" / "demo.json", verdict, 12.34)
    written = json.loads((tmp_path / "build" / "demo.json").read_text())
    assert written == {"issued": 3, "breaches": 2, "seconds": 12.3}


def test_a_missing_sample_city_is_told_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(StepFailedError, match=r"sim\.city"):
        precheck(tmp_path, tmp_path)


def test_a_payments_explanation_is_shown_in_both_languages() -> None:
    def told(name: str, judged: str, amount: str) -> dict[str, Any]:
        ruled = {"since": "2026-01-01"}
        return {
            "name": name,
            "eligibility": {"steps": [{"text": judged, **ruled}]},
            "amount": {
                "on": "2026-03-20",
                "policy": "0" * 32,
                "rule": {"name": "The amount", "section": "三.(四)"},
                "steps": [{"text": amount, **ruled}],
            },
        }

    written = StringIO()
    show_explanation(
        Screen(Console(file=written, width=140)),
        told("社会化", "属于补贴对象；2026 起的规定", "补贴标准 1,600.00 元；2026 起的规定"),
        told("Social", "is eligible; ruled since", "standard 1,600.00 yuan; ruled since"),
    )
    shown = written.getvalue()
    assert "补贴标准 1,600.00 元" in shown
    assert "standard 1,600.00 yuan" in shown
    assert "规定" not in shown
    assert "the same bytes" in shown

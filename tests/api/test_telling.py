"""Steps in words: sums in yuan to the last part of a fen, names of the place, nothing personal."""

from typing import Any

import pytest

from chalicelib.api import why
from chalicelib.api.why.telling import Telling
from chalicelib.rules import reader
from chalicelib.rules.reader import Reader
from chalicelib.rules.trace import Step

NAMES = {("groups", "employee"): "Employee", ("funds", "district-310101"): "Huangpu district fund"}
TOLD = Telling(why.words("en"), lambda family, word: NAMES.get((family, word), word))


def a_step(rule: str, inputs: dict[str, Any], result: Any, governed_by: str = "") -> Step:
    return Step(rule, "2026-01-01", "2026-03-02", governed_by, "the notice", inputs, result)


def said(rule: str, inputs: dict[str, Any], result: Any) -> str:
    return TOLD.step(a_step(rule, inputs, result)).split(";")[0]


@pytest.mark.parametrize(
    ("step", "text"),
    [
        (("standard", {"before_fen": 0}, "2500/3"), "standard 8.3333 yuan"),
        (
            ("uplift", {"before_fen": 150000, "percent": 30}, 195000),
            "uplift of 30%: 1,500.00 yuan → 1,950.00 yuan",
        ),
        (
            ("fixed", {"before_fen": 100, "lines": {"exam": 20000}}, 20100),
            "fixed lines added: 1.00 yuan → 201.00 yuan (lines: exam 200.00 yuan)",
        ),
        (
            ("instalments", {}, [["advance", "district-310101", 50000]]),
            "instalments: advance Huangpu district fund 500.00 yuan",
        ),
        (("claw_back", {}, [["advance", 50000]]), "to be paid back: advance 500.00 yuan"),
        (
            ("least_attendance", {"percent": 80, "attended": [[12, 15]]}, "yes"),
            "least attendance: met (attended of lessons: 12/15, percentage: 80%)",
        ),
        (
            ("employed_within", {"input": "events.class-end"}, "waiting"),
            "employed in time: waiting (missing: end of the class)",
        ),
        (
            ("eligible", {"group": None, "unmet": ["groups", "sex", "groups"]}, False),
            "does not belong to those who are eligible (what does not hold: group, sex)",
        ),
    ],
    ids=lambda part: part[0] if isinstance(part, tuple) else "",
)
def test_a_step_is_told_with_its_figures(step: tuple[str, dict[str, Any], Any], text: str) -> None:
    assert said(*step) == text


def test_a_ruling_names_its_start_its_source_and_the_day_that_governed() -> None:
    text = TOLD.step(a_step("payee", {}, "worker", "certificate"))
    assert text == (
        "paid to: the worker; ruled since 2026-01-01: the notice"
        "; as of the day of certificate, 2026-03-02"
    )


def test_a_word_without_a_name_is_told_as_it_is() -> None:
    assert said("new_rule", {"new_figure": "new"}, "odd") == "new_rule: odd (new_figure: new)"


def test_what_is_missing_is_named() -> None:
    reason = TOLD.reason("input_missing", {"input": "fees.exam_fen"})
    assert reason == "Waiting for what is not recorded yet: the real cost of the exam."


def test_an_institution_learns_neither_group_nor_employment() -> None:
    ratio = a_step("ratio", {"group": "employee", "percent": 60, "before_fen": 1}, 1)
    assert dict(reader.step_for(Reader.INSTITUTION, ratio).inputs) == {
        "percent": 60,
        "before_fen": 1,
    }
    job = reader.step_for(Reader.INSTITUTION, a_step("employed_for", {"months": 3}, "waiting"))
    assert (dict(job.inputs), job.result) == ({}, "withheld")
    assert TOLD.step(job).startswith("employed long enough: rests on what is known of the person")
    assert reader.reason_for(Reader.INSTITUTION, "employed_for") == "withheld"


@pytest.mark.parametrize("who", [Reader.WORKER, Reader.OFFICIAL])
def test_a_worker_and_his_officials_see_all_that_was_judged(who: Reader) -> None:
    step = a_step("employed_for", {"months": 3}, "waiting")
    inputs = {"person": {"local": True}, "result": {"certificate_no": "S1"}}
    assert reader.step_for(who, step) == step
    assert reader.inputs_for(who, inputs) == inputs
    assert reader.reason_for(who, "employed_for") == "employed_for"


def test_of_the_inputs_an_institution_sees_course_and_days_alone() -> None:
    inputs = {
        "person": {"groups": [{"name": "employee", "since": "2020-01-01"}], "sex": "male"},
        "earlier": [{"programme": "p", "on": "2025-01-01"}],
        "course": {"level": 5},
        "events": {"enrolment": "2026-03-02"},
        "result": {"passed": True, "certificate_no": "S1"},
    }
    assert reader.inputs_for(Reader.INSTITUTION, inputs) == {
        "course": {"level": 5},
        "events": {"enrolment": "2026-03-02"},
        "result": {"passed": True},
    }

"""Every code that the city can say has a text, in both languages, with the facts it needs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from chalicelib import errors
from chalicelib.api import texts
from chalicelib.api.codes import GATEWAY, KINDS
from chalicelib.api.incoming import FORMS
from chalicelib.policy.version import VersionState, VersionVerb
from chalicelib.policy.vocabulary import PAYMENT_GATES
from chalicelib.rules.line import LineState, LineVerb
from chalicelib.rules.moves import State, Verb
from chalicelib.rules.next_step import NextStep
from chalicelib.rules.principal import Right
from chalicelib.rules.settlement import ProposalState, ProposalVerb

CODE = Path(errors.__file__).parent
RAISABLE = {"Invalid", "Refused", "Forbidden", "Conflict"}
# Told by the row of a file and not by a request: their codes are reasons of refused rows.
FILES = {
    "personal.py",
    "tabular.py",
    "office_rows.py",
    "roster_row.py",
    "result_row.py",
    "fact_row.py",
}
HAN = re.compile(r"[\u4e00-\u9fff]")
ZH, EN = (texts.catalogue(language) for language in texts.LANGUAGES)


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of these names, with the constants of its module in their places."""
    for path in sorted(CODE.rglob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        constants = {
            target.id: node.value
            for node in module.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and called(node.func) in names:
                node.args = [constants.get(ast.unparse(arg), arg) for arg in node.args]
                yield path.name, node


def called(function: ast.expr) -> str:
    """The last name of what is called, whether it stands alone or behind its module."""
    return ast.unparse(function).rpartition(".")[2]


def literal(node: ast.expr) -> str | None:
    found = node.value if isinstance(node, ast.Constant) else None
    return found if isinstance(found, str) else None


def facts(call: ast.Call) -> set[str]:
    given = next((word.value for word in call.keywords if word.arg == "facts"), None)
    keys = given.keys if isinstance(given, ast.Dict) else []
    return {str(literal(key)) for key in keys if key is not None}


RAISED = [
    (code, facts(call))
    for file, call in calls(*RAISABLE)
    if file not in FILES and call.args and (code := literal(call.args[0]))
]
DECIDED_WITH = [
    (code, {str(literal(key)) for key in call.args[3].keys if key})
    for _, call in calls("Decision")
    if len(call.args) > 3 and (code := literal(call.args[2])) and isinstance(call.args[3], ast.Dict)
]
BUILT_IN = [
    ("not_found", {"what"}),
    ("unavailable", {"what"}),
    ("idempotency_key_reused", set()),
    ("broken", set()),
]
PASSED_ON = [
    (code, {"lead_days", "unit", "starts_on", "last_day"})
    for _, call in calls("check_lead")
    for code in map(literal, call.args)
    if code
]
# A decision that is not yes is raised by whoever asked for it.
DECIDED = {
    code for _, call in calls("Decision") if len(call.args) > 2 and (code := literal(call.args[2]))
}
IN_ROWS = sorted(
    {
        code
        for _, call in calls("RowFault", "Line", "FaultyCell", "Unreadable", "Refusal")
        if call.args and (code := literal(call.args[-1]))
    }
    | {code for _, call in calls("Unfit") if (code := literal(call.args[0]))}
    | {code for file, call in calls("Invalid") if file in FILES and (code := literal(call.args[0]))}
)


def test_both_catalogues_say_the_same_things() -> None:
    for part in ("problems", "rules", "rows", "words", "steps", "conditions"):
        assert getattr(ZH, part).keys() == getattr(EN, part).keys(), part


@pytest.mark.parametrize(("code", "given"), [*RAISED, *DECIDED_WITH, *PASSED_ON, *BUILT_IN])
@pytest.mark.parametrize("told", [ZH, EN], ids=texts.LANGUAGES)
def test_every_code_has_a_text_that_its_facts_can_fill(
    told: texts.Catalogue, code: str, given: set[str]
) -> None:
    wanted = {name for _, name, _, _ in Formatter().parse(told.problems[code]["detail"]) if name}
    assert wanted <= given
    assert told.title(code)


@pytest.mark.parametrize("told", [ZH, EN], ids=texts.LANGUAGES)
def test_every_problem_says_what_happened_and_what_a_client_does(told: texts.Catalogue) -> None:
    for code, problem in told.problems.items():
        assert problem.keys() == {"title", "detail", "advice"}, code
        assert all(problem.values()), code


def test_the_search_for_codes_finds_them() -> None:
    found = {code for code, _ in [*RAISED, *PASSED_ON]}
    assert found >= {"class_full", "filed_too_late", "enrolled_too_late", "bad_json"}
    assert "check_digit" in IN_ROWS


def test_every_code_stands_in_the_table_of_kinds() -> None:
    raised = {
        (called(call.func), code)
        for file, call in calls(*RAISABLE)
        if file not in FILES and call.args and (code := literal(call.args[0]))
    }
    raised |= {("Refused", code) for code in DECIDED}
    raised |= {("Refused", code) for code, _ in PASSED_ON} | {("NotFound", "not_found")}
    raised |= {("Unavailable", "unavailable"), ("KeyReused", "idempotency_key_reused")}
    raised -= {("Invalid", code) for code in GATEWAY}
    assert {(kind.__name__, code) for kind, codes in KINDS.items() for code in codes} == raised


def test_no_text_stands_for_a_code_that_nobody_raises() -> None:
    told = {code for code, _ in [*RAISED, *PASSED_ON, *BUILT_IN]}
    assert set(ZH.problems) == told | DECIDED | set(GATEWAY)
    assert set(ZH.rows) <= set(IN_ROWS)


@pytest.mark.parametrize("code", IN_ROWS)
def test_every_reason_of_a_refused_row_has_a_text(code: str) -> None:
    assert ZH.reason(code) != code
    assert EN.reason(code) != code


def test_every_gate_to_payment_says_what_it_asks_for() -> None:
    assert ZH.conditions.keys() == PAYMENT_GATES


def test_every_next_step_has_a_sentence() -> None:
    assert set(ZH.steps) == {step.value for step in NextStep}


def test_every_rule_has_a_name() -> None:
    named = {literal(call.args[0]) for _, call in calls("Rule")}
    assert named == set(ZH.rules)


def test_whatever_fills_a_text_has_a_word() -> None:
    absent = {literal(call.args[0]) for _, call in calls("NotFound", "Unavailable")} - {None}
    in_paths = {what for what, _ in FORMS.values()}
    spoken = absent | in_paths | {*State, *LineState, *ProposalState, *VersionState}
    spoken |= {*Verb, *LineVerb, *ProposalVerb, *VersionVerb, *Right}
    assert {str(word) for word in spoken} <= set(ZH.words)


def test_chinese_texts_are_chinese_and_english_ones_are_not() -> None:
    for part in ("rules", "rows", "words", "steps"):
        assert all(HAN.search(text) for text in getattr(ZH, part).values()), part
    for problem in ZH.problems.values():
        assert all(HAN.search(text) for text in problem.values())
    for problem in EN.problems.values():
        assert not any(HAN.search(text) for text in problem.values())


def test_a_fact_is_told_as_a_word() -> None:
    told = ZH.detail("not_in_state", {"state": State.CLAIMED, "verb": Verb.ENROL})
    assert told == "当前状态为“已领取”，不能录取。"

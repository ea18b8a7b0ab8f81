"""`voucherctl policy diff`: what changed, in sentences that an officer reads."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from chalicelib.policy.place import read, read_place
from chalicelib.policy.vocabulary import PARAMETERS
from chalicelib.rules.condition import WORDS
from ops.language import Language
from ops.voucherctl import app
from ops.whatif.comparing import differences
from ops.whatif.sentences import sentences
from ops.whatif.texts import texts
from tests.builders import POLICIES
from tests.drafts import edit
from tests.ops.fake_city import fake_city

PLACES = sorted(path for path in POLICIES.parent.iterdir() if path.is_dir())
SKILL = "skill-certificate"
FROM_2027 = 'from = 2027-01-01\nsource = "a draft"\n'


def call(*arguments: str, url: str = "http://unused") -> tuple[int, str]:
    result = CliRunner().invoke(app, ["--api-url", url, "--token", "t", "policy", *arguments])
    return result.exit_code, result.output


def append(file: Path, more: str) -> None:
    file.write_text(file.read_text() + more)


def told(a: Path, b: Path, language: str = "en") -> list[str]:
    code, printed = call("diff", str(a), str(b), "--language", language)
    assert code == 0
    return [line.strip() for line in printed.splitlines()]


def test_a_folder_differs_from_itself_in_nothing() -> None:
    assert told(POLICIES, POLICIES) == ["both say the same"]
    assert told(POLICIES, POLICIES, "zh-CN") == ["两者相同"]


def test_a_value_of_a_later_day_is_told_with_what_held_until_then(draft: Path) -> None:
    more = f"[[filing_lead.values]]\nvalue = 5\n{FROM_2027}"
    append(draft / "social-training" / "class.toml", more)
    said = "from 2027-01-01: 5 calendar days (until then 3 calendar days)"
    assert told(POLICIES, draft)[1:] == ["filing lead [filing_lead]", said]
    assert told(POLICIES, draft, "zh-CN")[2] == "自 2027-01-01 起：5 个自然日（此前 3 个自然日）"
    back = told(draft, POLICIES)
    assert back[2] == (
        "the change to 5 calendar days from 2027-01-01 is dropped; it stays 3 calendar days"
    )


def test_a_repealed_value_ends_on_its_day(draft: Path) -> None:
    append(draft / SKILL / "uplift.toml", f"[[uplift.values]]\nrepealed = true\n{FROM_2027}")
    assert told(POLICIES, draft)[1:] == [
        "uplift [uplift]",
        "ends on 2027-01-01",
        "- line 1: drops occupations shortage_occupations; percentage 30 %",
    ]
    assert told(draft, POLICIES)[2] == "the repeal from 2027-01-01 is dropped; it goes on"


def test_a_sum_in_a_table_is_told_in_yuan_by_its_level(draft: Path) -> None:
    edit(draft / SKILL / "amount.toml", "5 = 150000", "5 = 160050")
    where = "line 2 → sum by level → Level 5, junior worker"
    assert told(POLICIES, draft)[3] == f"- {where}: from 1,500 yuan to 1,600.50 yuan"
    assert told(POLICIES, draft, "zh-CN")[3] == (
        "- 第 2 行 → 分等级金额 → 五级 初级工：由 1,500 元 改为 1,600.50 元"
    )


def test_lines_of_a_list_are_known_by_whom_they_mean(draft: Path) -> None:
    amount = draft / SKILL / "amount.toml"
    edit(
        amount,
        '{ groups = ["employee"], percent = 80 },',
        '{ groups = ["other"], age_at_least = 50, percent = 50 },\n'
        '    { groups = ["employee"], percent = 85 },',
    )
    edit(amount, '    { groups = ["disabled"], percent = 100 },\n', "")
    assert told(POLICIES, draft)[3:] == [
        "- line 2: drops groups Disabled; percentage 100 %",
        "- line 3: adds groups Other; age at least 50 years; percentage 50 %",
        "- line 4 (groups Employee) → percentage: from 80 % to 85 %",
    ]


def test_a_line_that_means_others_now_is_told_by_what_it_means(draft: Path) -> None:
    edit(draft / SKILL / "amount.toml", '["disabled"], p', '["other"], p')
    assert told(POLICIES, draft)[3:] == [
        "- line 2 → groups: drops Disabled",
        "- line 2 → groups: adds Other",
    ]


def test_lines_in_another_order_are_said_to_be_so(draft: Path) -> None:
    employee = '    { groups = ["employee"], percent = 80 },\n'
    amount = draft / SKILL / "amount.toml"
    edit(amount, employee, "")
    edit(amount, '    { groups = ["registered', f'{employee}    {{ groups = ["registered')
    assert told(POLICIES, draft)[3:] == [
        "- the value: the lines stand in another order; the first that holds counts"
    ]


def test_words_are_told_by_their_names(draft: Path) -> None:
    edit(draft / SKILL / "amount.toml", 'value = "down-to-fen"', 'value = "half-up-to-yuan"')
    edit(draft / SKILL / "amount.toml", 'value = "unemployment-', 'value = "employment-')
    edit(draft / SKILL / "amount.toml", "employment-insurance", "employment-subsidy")
    assert told(POLICIES, draft)[2::2] == [
        "from 2024-01-01: Employment subsidy fund instead of Unemployment insurance fund",
        "from 2024-01-01: half up to the yuan instead of down to the fen",
    ]


def test_sources_marks_and_corrections_are_told_beside_the_value(draft: Path) -> None:
    edit(
        draft / SKILL / "amount.toml",
        'source = "published guidance: 失业保险基金"',
        'source = "the decree"\nsample = true\ncorrected = { on = 2026-05-01, why = "a slip" }',
    )
    assert told(POLICIES, draft)[2:] == [
        "from 2024-01-01: stays Unemployment insurance fund",
        "- source: from published guidance: 失业保险基金 to the decree",
        "- is marked as a sample now",
        "- corrected (2026-05-01): a slip",
    ]


def test_what_several_programmes_share_is_told_once(draft: Path) -> None:
    edit(draft / "groups.toml", "Registered unemployed", "Jobless")
    lines = told(POLICIES, draft)
    assert lines[0].count("(") == len(read_place(POLICIES))
    assert (
        lines[3] == "- registered-unemployed → English name: from Registered unemployed to Jobless"
    )
    assert len(lines) == 4


def test_a_programme_of_one_side_alone_is_said_to_be_new_or_gone(draft: Path) -> None:
    shutil.rmtree(draft / "cases")
    shutil.rmtree(draft / "check-in")
    assert told(POLICIES, draft) == ["Check-in voucher (check-in): the programme is gone"]
    [new] = told(draft, POLICIES)
    assert new.startswith("Check-in voucher (check-in): a new programme (")


def test_one_programme_is_compared_with_its_own_of_a_place(draft: Path) -> None:
    edit(draft / SKILL / "amount.toml", "5 = 150000", "5 = 150001")
    edit(draft / "check-in" / "check_in.toml", "value = 60", "value = 61")
    assert len(told(POLICIES / SKILL, draft)) == 4
    assert (
        told(POLICIES / "check-in", draft)[2] == "from 2021-07-20: 61 minutes instead of 60 minutes"
    )


def test_a_published_version_is_named_by_its_programme_and_hash(draft: Path) -> None:
    edit(draft / SKILL / "amount.toml", "5 = 150000", "5 = 150001")
    kept = read(POLICIES / SKILL)
    answer: dict[str, Any] = {"programme": SKILL, "hash": "0" * 32, "document": kept}
    with fake_city(lambda asked: (200, answer)) as city:
        code, printed = call("diff", f"{SKILL}@{'0' * 32}", str(draft), "--json", url=city.url)
        other, said = call("diff", f"check-in@{'0' * 32}", str(draft), url=city.url)
    assert city.asked[0].path == f"/policies/{'0' * 32}"
    [change] = json.loads(printed)["changes"]
    assert (code, change["parameter"], change["since"]) == (0, "standard", "2024-01-01")
    assert change["before"]["value"][1]["fen_by_level"]["5"] == 150000
    assert other == 1
    assert f"name it {SKILL}@" in said


def test_what_is_no_policy_is_said_to_be_none(draft: Path) -> None:
    code, said = call("diff", "nowhere", str(draft))
    assert (code, "neither a folder nor a published version" in said) == (1, True)
    code, said = call("diff", str(POLICIES / SKILL), str(draft / "check-in"))
    assert (code, "they are of different programmes" in said) == (1, True)


@pytest.mark.parametrize("language", Language)
def test_every_parameter_and_every_condition_has_a_name(language: Language) -> None:
    words = texts(language)
    assert PARAMETERS.keys() - words.parameters.keys() == set()
    assert WORDS.keys() - words.keys.keys() == set()


def keys_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            yield from keys_in(inner)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_every_key_of_a_value_has_a_name_or_is_a_code_that_the_place_names(place: Path) -> None:
    named = texts(Language.ENGLISH).keys.keys()
    for document in read_place(place).values():
        parameters = document["parameters"]
        values = [
            (entry["value"], parameter["unit"])
            for parameter in parameters.values()
            for entry in parameter["values"]
            if isinstance(entry.get("value"), dict | list)
        ]
        codes = {code for value, unit in values if unit == "names" for code in value}
        for value, unit in values:
            if unit not in ("names", "holidays"):
                assert set(keys_in(value)) - codes <= named


def test_what_is_new_is_told_line_by_line_with_tables_in_brackets(tmp_path: Path) -> None:
    before = read(PLACES[1] / "craft-class")
    shorn = {name: each for name, each in before["parameters"].items() if name != "standard"}
    [new] = sentences(before | {"parameters": shorn}, before, texts(Language.ENGLISH))
    assert new.sentence == "from 2026-01-01 it is ruled (nothing was ruled before)"
    assert new.details[0].startswith(
        "line 1: adds kinds Fine work; price per day (up to 10 days; theory 120 yuan; "
    )
    [gone] = sentences(before, before | {"parameters": shorn}, texts(Language.ENGLISH))
    assert gone.sentence == "what was ruled from 2026-01-01 on is dropped"


def test_a_lead_that_turns_to_working_days_is_told_in_either_unit(draft: Path) -> None:
    more = f'[[filing_lead.values]]\nvalue = 1\nunit = "working-day"\n{FROM_2027}'
    append(draft / "social-training" / "class.toml", more)
    said = "from 2027-01-01: 1 working day (until then 3 calendar days)"
    assert told(POLICIES, draft)[2] == said


def test_both_catalogues_say_the_same_things() -> None:
    chinese, english = map(vars, map(texts, Language))
    for part in chinese.keys() - {"language"}:
        assert chinese[part].keys() == english[part].keys()


LEAVES = st.one_of(st.integers(0, 3), st.sampled_from("abc"))
LINES = st.lists(
    st.dictionaries(st.sampled_from(["groups", "fen", "percent"]), LEAVES, max_size=3), max_size=4
)
VALUES = st.one_of(
    LEAVES,
    st.lists(LEAVES, max_size=4),
    LINES,
    st.dictionaries(st.sampled_from("wxyz"), st.one_of(LEAVES, LINES), max_size=3),
)


@given(VALUES, VALUES)
def test_values_differ_in_nothing_exactly_where_they_are_the_same(before: Any, after: Any) -> None:
    there, back = list(differences(before, after)), list(differences(after, before))
    assert (there == []) is (before == after)
    mirror = {"added": "removed", "removed": "added"}
    kinds = sorted(mirror.get(each.kind, each.kind) for each in back)
    assert sorted(each.kind for each in there) == kinds

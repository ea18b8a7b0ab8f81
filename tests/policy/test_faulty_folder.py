"""A faulty folder is refused whole: every fault with its file, its key and the mend."""

from pathlib import Path

import pytest

from chalicelib.policy.check import FaultyPolicy
from chalicelib.policy.place import read_place
from tests.policy import tiny_place
from tests.policy.tiny_place import AMOUNT, PROGRAMME, SHARED, value

PLAN = '[{ parts = [{ name = "advance", percent = 60 }, { name = "final", percent = 40 }] }]'
ORDER = '"ratio", "rounding"]'


def found(folder: Path, **texts: str) -> tuple[str, ...]:
    """The faults of the tiny place with other texts."""
    with pytest.raises(FaultyPolicy) as refused:
        read_place(tiny_place.written(folder, **texts))
    return refused.value.faults


def test_the_tiny_place_itself_is_sound(tmp_path: Path) -> None:
    assert set(read_place(tiny_place.written(tmp_path))) == {"bread"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "value = 1\n",
            "value = 1.5\n",
            "bread/programme.toml: vouchers_per_period: the value from 2025-01-01: is 1.5; needs "
            "a whole number, 0 or more",
        ),
        (
            'unit = "voucher"',
            'unit = "vouchers"',
            "bread/programme.toml: vouchers_per_period: unit is 'vouchers', needs voucher",
        ),
        (
            "from = 2025-01-01\nvalue = 1\n",
            'from = "January"\nvalue = 1\n',
            "bread/programme.toml: vouchers_per_period: a value needs `from` as a date, "
            "its own or at the top of its file",
        ),
        (
            "from = 2025-01-01\nvalue = 1\n",
            "from = 2025-06-01\nvalue = 1\n",
            "bread/programme.toml: vouchers_per_period: has no value from 2025-01-01 to "
            "2025-05-31, while there is a period",
        ),
        (
            "expires_on = 2026-01-01",
            "expires_on = 2025-01-01",
            "bread/programme.toml: periods: the value from 2025-01-01: expires_on is 2025-01-01; "
            "needs a day after 2025-01-01",
        ),
        (
            '["jobless", "staff"]',
            '["jobless", "chiefs"]',
            "bread/programme.toml: eligible: the value from 2025-01-01: line 1: groups: names "
            "'chiefs', which is no group of this place; known are jobless, staff",
        ),
        (
            '[{ groups = ["jobless", "staff"] }]',
            "[]",
            "bread/programme.toml: eligible: the value from 2025-01-01: needs a list of lines; to "
            "end it write repealed = true instead of a value",
        ),
        (
            '["jobless", "staff"]',
            '["jobless", "staff"], age_at_least = 50, age_at_most = 49',
            "bread/programme.toml: eligible: the value from 2025-01-01: line 1: age_at_least: 50 "
            "is above age_at_most 49; such a line means nobody",
        ),
        (
            '["jobless", "staff"]',
            '["jobless", "staff"], levels = [3, 2], level_at_least = 1',
            "bread/programme.toml: eligible: the value from 2025-01-01: line 1: levels: none of "
            "them is 1 or higher; such a line means nobody",
        ),
        (
            "[vouchers_per_period]",
            value("validity", "{ until = 2024-12-31 }", governed=False) + "[vouchers_per_period]",
            "bread/programme.toml: validity: the value from 2025-01-01: until is 2024-12-31, "
            "before it begins",
        ),
        (
            "[vouchers_per_period]",
            value("proactive_groups", "[{ local = true }]", unit="group-list", governed=False)
            + "[vouchers_per_period]",
            "bread/programme.toml: proactive_groups: from 2025-01-01 on, line 1: names neither "
            "groups nor listed; a batch is for one of them",
        ),
        (
            'code = "bread"',
            'code = "cake"',
            "bread: [programme] code: is 'cake'; a programme's folder bears its code",
        ),
        (
            'shape = "certificate"',
            'shape = "paper"',
            "bread: [programme] shape: is 'paper', needs one of class, certificate, "
            "issue-only, check-in",
        ),
        (
            'name = { zh-CN = "面包", en = "Bread" }',
            'name = { en = "Bread" }\ncolour = "brown"',
            "bread: [programme] name: needs a name in zh-CN and in en",
        ),
    ],
)
def test_a_fault_of_the_programme_is_told_with_its_mend(
    old: str, new: str, expected: str, tmp_path: Path
) -> None:
    assert expected in found(tmp_path, programme=PROGRAMME.replace(old, new, 1))


@pytest.mark.parametrize(
    ("following", "expected"),
    [
        (
            'from = 2025-12-01\nvalue = { name = "2026", expires_on = 2027-01-01 }',
            "overlaps the one from 2025-12-01; end it on 2025-12-01, where that one begins",
        ),
        (
            'from = 2026-02-01\nvalue = { name = "2026", expires_on = 2027-01-01 }',
            "ends on 2026-01-01, the next begins on 2026-02-01; close the gap or repeal it",
        ),
        (
            'from = 2026-01-01\nvalue = { name = "2026", expires_on = 2027-01-01 }\nsource = "t"\n'
            "[[periods.values]]\nfrom = 2027-01-01\n"
            'value = { name = "2025", expires_on = 2028-01-01 }',
            "2025 is the name of an earlier period; give it its own",
        ),
    ],
)
def test_periods_neither_overlap_nor_leave_gaps_nor_share_a_name(
    following: str, expected: str, tmp_path: Path
) -> None:
    more = PROGRAMME.replace(
        "[vouchers_per_period]",
        f'[[periods.values]]\n{following}\nsource = "a test"\n\n[vouchers_per_period]',
    )
    (fault,) = found(tmp_path, programme=more)
    assert fault.startswith("bread/programme.toml: periods: the value from ")
    assert fault.endswith(expected)


def test_a_period_may_be_prolonged_and_repealed(tmp_path: Path) -> None:
    more = PROGRAMME.replace(
        "[vouchers_per_period]",
        '[[periods.values]]\nfrom = 2025-06-01\nsource = "a test"\n'
        'value = { name = "2025", expires_on = 2026-04-01 }\n'
        '[[periods.values]]\nfrom = 2026-02-01\nrepealed = true\nsource = "a test"\n\n'
        "[vouchers_per_period]",
    )
    assert read_place(tiny_place.written(tmp_path, programme=more))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("percent = 80", "percent = 120", "ratio: the value from 2025-01-01: line 2: percent: is"),
        (
            '{ groups = ["jobless"], percent = 100 }, { percent = 80 }',
            '{ percent = 80 }, { groups = ["jobless"], percent = 100 }',
            "ratio: from 2025-01-01 on, line 2 never counts: line 1 before it means all that it "
            "means; go from the special to the general",
        ),
        (
            "{ percent = 80 }",
            "{ levels = [3], percent = 80 }",
            "ratio: from 2025-01-01 on, line 2: names level 3, which no table of the standard "
            "has; they have 1, 2",
        ),
        (
            "2 = 20000",
            "7 = 20000",
            "standard: the value from 2025-01-01: line 1: fen_by_level: names '7', which",
        ),
        (
            'value = "city"',
            'value = "province"',
            "fund: the value from 2025-01-01: the word: is 'province', which is no fund",
        ),
        (
            'value = "worker"',
            'value = "the worker"',
            "payee: the value from 2025-01-01: the word: is 'the worker'; needs one of worker, "
            "institution, enterprise, who-paid",
        ),
        (
            "2 = 20000",
            "2 = -1",
            "standard: the value from 2025-01-01: line 1: fen_by_level.2: is -1; needs whole fen",
        ),
        ('"uplift", ', "", "order: from 2025-01-01 on, leaves out uplift, which this programme"),
        ('"uplift", ', '"uplift", "caps", ', "order: from 2025-01-01 on, names caps, which this"),
        (ORDER, '"rounding", "ratio"]', "takes ratio after rounding, which could leave parts of a"),
        (ORDER, '"ratio", "rounding", "rounding"]', "names rounding twice; each step is taken"),
        (
            'occupations = "urgent"',
            'occupations = "urgnet"',
            "uplift: the value from 2025-01-01: line 1: occupations: names no list that holds "
            "then; lists: urgent",
        ),
        (
            'occupations = "urgent"',
            'ocupations = "urgent"',
            "uplift: the value from 2025-01-01: line 1: ocupations: is no word of such a line",
        ),
        (
            'unit = "rounding"\ngoverned_by = "certificate"',
            'unit = "rounding"',
            "rounding: governed_by is None; say whose day governs, one of certificate, claim",
        ),
    ],
)
def test_a_fault_of_the_amount_is_told_with_its_mend(
    old: str, new: str, expected: str, tmp_path: Path
) -> None:
    faults = found(tmp_path, amount=AMOUNT.replace(old, new, 1))
    assert any(fault.startswith("bread/amount.toml: ") and expected in fault for fault in faults), (
        faults
    )


@pytest.mark.parametrize(
    ("more", "step", "expected"),
    [
        (
            value("instalments", PLAN.replace("40", "30")),
            "instalments",
            "instalments: the value from 2025-01-01: line 1: parts: their percentages sum to 90; "
            "need 100",
        ),
        (
            value("instalments", PLAN.replace('"final"', '"advance"')),
            "instalments",
            "instalments: the value from 2025-01-01: line 1: parts: two are named advance; give "
            "each its own name",
        ),
        (
            value("instalments", PLAN.replace("percent = 40", 'percent = 40, needs = ["rated"]')),
            "instalments",
            "instalments: the value from 2025-01-01: line 1: part 2: needs: is ['rated']; known "
            "gates are ",
        ),
        (
            value(
                "instalments",
                PLAN.replace("percent = 40", 'percent = 40, needs = ["rating_needed"]'),
            )
            + value("result_needed", "true", unit="flag"),
            "instalments",
            "instalments: from 2025-01-01 on, line 1: final needs rating_needed, which this "
            "programme does not ask for then; it asks for result_needed",
        ),
        (
            value(
                "instalments",
                PLAN.replace("percent = 60", "percent = 60, needs = []").replace(
                    "percent = 40", 'needs = ["result_needed"]'
                ),
            )
            + value("result_needed", "true", unit="flag")
            + value("rating_needed", "true", unit="flag"),
            "instalments",
            "rating_needed: from 2025-01-01 on, never counts, as no part of instalments needs it; "
            "name it where it does",
        ),
        (
            value(
                "claw_back",
                '[{ of = "deposit", by = "passed", below = 60, percent = 100 }]',
                unit="claw-back",
            )
            + value("instalments", PLAN),
            "instalments",
            "claw_back: from 2025-01-01 on, line 1: of: is no instalment; known are advance, "
            "final, whole",
        ),
        (
            value("top_ups", '[{ fund = "west", fen = 100 }]', unit="top-ups"),
            "top_ups",
            "top_ups: the value from 2025-01-01: line 1: fund: is 'west', which is no fund",
        ),
        (
            value("top_ups", '[{ fund = "city", fen = 100 }]', unit="top-ups"),
            "top_ups",
            "top_ups: from 2025-01-01 on, line 1: fund: city pays the amount itself; a top-up has",
        ),
        (
            value(
                "top_ups",
                '[{ fund = "east", fen = 1 }, { fund = "east", fen = 1, payee = "institution" }]',
                unit="top-ups",
            ),
            "top_ups",
            "top_ups: from 2025-01-01 on, line 2: payee: east pays another in a line before; a fun",
        ),
        (
            value("top_ups", '[{ fund = "east", percent = 10 }]', unit="top-ups"),
            "top_ups",
            "top_ups: from 2025-01-01 on, line 1: is a percentage taken after rounding; take it "
            "before",
        ),
        (
            value("employed_for", '{ months = 6, after = "settlement" }', unit="months-after"),
            "",
            "employed_for: the value from 2025-01-01: after: is 'settlement'; needs one of",
        ),
    ],
)
def test_a_fault_of_what_follows_the_amount_is_told_with_its_mend(
    more: str, step: str, expected: str, tmp_path: Path
) -> None:
    order = '"rounding", "' + step + '"]' if step else '"rounding"]'
    faults = found(tmp_path, amount=AMOUNT.replace('"rounding"]', order) + more)
    assert any(expected in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("standard", "expected"),
    [
        (
            "{ per_hour = [{ up_to = 9, theory = 1 }, { up_to = 9, theory = 2 }] }",
            "per_hour: tier 2: up_to is 9; needs more than 9",
        ),
        (
            "{ per_day = [{ theory = 1 }, { theory = 2 }] }",
            "per_day: tier 1: needs up_to; only the last tier may be open",
        ),
        ("{ per_day = [] }", "per_day: needs a list of tiers"),
        ("{ per_hour = [{ practise = 1 }] }", "practise is no kind of hour; known are theory, pra"),
        (
            '{ by = "passed", per_class = [{ at_least = 6, fen = 1 }, { at_least = 8, fen = 2 }] }',
            "per_class: bound 2: at_least is not below the bound before it; go from high to low",
        ),
        ('{ by = "rated", per_class = [{ at_least = 60, fen = 1 }] }', "by: is 'rated'; needs one"),
        ("{ percent_of_cost = 130 }", "percent_of_cost: is 130; needs a whole percentage from 0"),
        ("{ fen = 1, percent_of_cost = 30 }", "has 2 forms of a standard; needs one of fen, fen_"),
        (
            "{ fen_by_kind_and_level = { A = { 1 = 5 } } }",
            "'A', which is no kind of this place",
        ),
    ],
)
def test_a_fault_of_a_standard_is_told_with_its_mend(
    standard: str, expected: str, tmp_path: Path
) -> None:
    amount = AMOUNT.replace("{ fen_by_level = { 1 = 30000, 2 = 20000 } }", standard)
    faults = found(tmp_path, amount=amount)
    assert any(expected in fault for fault in faults), faults


def test_a_cap_that_rounding_would_pass_is_refused(tmp_path: Path) -> None:
    amount = AMOUNT.replace('"rounding"]', '"caps", "rounding"]').replace("down-to", "up-to")
    capped = amount + value("caps", "{ per_item_fen = 1050 }")
    assert found(tmp_path, amount=capped) == (
        "bread/amount.toml: order: from 2025-01-01 on, rounds up-to-yuan after caps, and so past "
        "them; take caps after",
    )


def test_a_list_or_a_group_that_ends_while_lines_still_name_it_is_found(tmp_path: Path) -> None:
    ended = '[[urgent.values]]\nfrom = 2025-07-01\nrepealed = true\nsource = "a test"\n'
    fewer = (
        '[[groups.values]]\nfrom = 2025-08-01\nsource = "a test"\n'
        'value = { staff = { zh-CN = "职工", en = "Staff" } }\n\n[levels]'
    )
    assert found(tmp_path, shared=SHARED.replace("[levels]", fewer, 1) + ended) == (
        "bread/programme.toml: eligible: the value from 2025-01-01: from 2025-08-01 on, line 1: "
        "groups: names 'jobless', which is no group of this place; known are staff",
        "bread/amount.toml: ratio: the value from 2025-01-01: from 2025-08-01 on, line 1: groups: "
        "names 'jobless', which is no group of this place; known are staff",
        "bread/amount.toml: uplift: the value from 2025-01-01: from 2025-07-01 on, line 1: "
        "occupations: names no list that holds then; lists: urgent",
    )


def test_a_file_that_cannot_be_read_hides_no_fault_of_the_others(tmp_path: Path) -> None:
    programme = PROGRAMME.replace("value = 1\n", "value = -1\n", 1)
    torn, whole = found(tmp_path, programme=programme, amount="[order\n")
    assert torn.startswith("bread/amount.toml: cannot be read: ")
    assert whole.startswith("bread/programme.toml: vouchers_per_period: the value from 2025-01-01")


def test_every_fault_of_a_folder_is_listed_at_once(tmp_path: Path) -> None:
    faults = found(
        tmp_path,
        shared=SHARED.replace('code = "tiny"\n', "").replace("3 = {", "low = {"),
        programme=PROGRAMME.replace('unit = "voucher"', 'unit = "piece"', 1).replace(
            'source = "a test"\n\n[eligible]', "\n[eligible]"
        ),
        amount=AMOUNT.replace("percent = 80", "percent = 120")
        .replace('"uplift", ', '"uplift", "colour", ')
        .replace('[fund]\nunit = "fund"', '[fond]\nunit = "fund"')
        .replace("[[fund.", "[[fond."),
    )
    assert faults == (
        "tiny: [place] code: is missing; it names the place in every file",
        "bread: fund: is missing; a programme of shape certificate needs it",
        "bread/amount.toml: fond: is no parameter of the shape certificate",
        "bread/programme.toml: subsidy_vouchers_per_year: the value from 2025-01-01 names no "
        "source",
        "bread/programme.toml: vouchers_per_period: unit is 'piece', needs voucher",
        "bread/amount.toml: order: the value from 2025-01-01: is ['standard', 'uplift', 'colour', "
        "'ratio', 'rounding']; needs a list of standard, uplift, ratio, mode_factor, caps, fixed, "
        "rounding, top_ups, instalments",
        "bread/amount.toml: ratio: the value from 2025-01-01: line 2: percent: is 120; needs a "
        "whole percentage from 0 to 100",
        "tiny/place.toml: levels: from 2025-01-01 on, low is no number; number the levels, 1 the "
        "highest",
    )


def test_what_stands_in_two_programmes_under_one_name_is_refused(tmp_path: Path) -> None:
    folder = tiny_place.written(tmp_path)
    twin = folder / "toast"
    twin.mkdir()
    for name in ("programme.toml", "amount.toml"):
        (twin / name).write_text((folder / "bread" / name).read_text(encoding="utf-8"))
    with pytest.raises(
        FaultyPolicy, match=r"toast: \[programme\] code: is 'bread'; a programme's folder"
    ):
        read_place(folder)


LATE = "from = 2025-01-01\nvalue = 1\n"
GAP = "has no value from 2025-01-01 to 2025-05-31, while there is a period"


def test_a_fault_between_parameters_is_listed_beside_those_of_others(tmp_path: Path) -> None:
    programme = PROGRAMME.replace(LATE, LATE.replace("01-01", "06-01"), 1)
    amount = AMOUNT.replace("percent = 80", "percent = 120").replace('"uplift", ', "")
    assert found(tmp_path, programme=programme, amount=amount) == (
        "bread/amount.toml: ratio: the value from 2025-01-01: line 2: percent: is 120; needs a "
        "whole percentage from 0 to 100",
        f"bread/programme.toml: vouchers_per_period: {GAP}",
        "bread/amount.toml: order: from 2025-01-01 on, leaves out uplift, which this programme "
        "has; say where it comes",
    )


def test_a_file_that_cannot_be_read_hides_no_gap_of_the_others(tmp_path: Path) -> None:
    programme = PROGRAMME.replace(LATE, LATE.replace("01-01", "06-01"), 1)
    _, gap = found(tmp_path, programme=programme, amount="[order\n")
    assert gap == f"bread/programme.toml: vouchers_per_period: {GAP}"


NEEDING = value(
    "instalments", '[{ parts = [{ name = "a", percent = 100, needs = ["result_needed"] }] }]'
)
CLAWED = value(
    "claw_back",
    '[{ of = "a", closed = "result_needed", percent = 100 }]',
    unit="claw-back",
)
RESULT = value("result_needed", "true", unit="flag")
RATED = value("rating_needed", "true", unit="flag")
PAID = AMOUNT.replace('"rounding"]', '"rounding", "instalments"]') + NEEDING + CLAWED + RESULT


@pytest.mark.parametrize(
    ("amount", "old", "new"),
    [
        (AMOUNT, "2 = 20000", "2 = -1"),
        (AMOUNT.replace('"urgent"', '"urgent", levels = [2]'), "2 = 20000", "2 = -1"),
        (AMOUNT, 'unit = "ratio"', 'unit = "ration"'),
        (AMOUNT, "[uplift", "[uplfit"),
        (AMOUNT, "percent = 30 }", 'percent = "x" }'),
        (AMOUNT, 'value = "city"', 'value = "moon"'),
        (AMOUNT, 'value = ["standard"', 'value = ["standart"'),
        (PAID, 'unit = "flag"', 'unit = "flags"'),
        (PAID, 'name = "a", percent = 100', 'name = "a", percent = 90'),
        (PAID + RATED, 'of = "a"', "of = 1"),
        (PAID, "value = true", 'value = "yes"'),
    ],
)
def test_what_is_faulty_by_itself_puts_nothing_else_at_odds(
    amount: str, old: str, new: str, tmp_path: Path
) -> None:
    told = found(tmp_path, amount=amount.replace(old, new))
    assert len({fault.split(": ")[1] for fault in told}) == 1, told


def test_a_parameter_that_is_missing_leaves_no_gap_and_no_step_without_it(tmp_path: Path) -> None:
    head, _, rest = AMOUNT.partition("[ratio]")
    _, rest = rest.split("[judged_on]\n", 1)
    assert found(tmp_path, amount=f"{head}[judged_on]\n{rest}") == (
        "bread: ratio: is missing; a programme of shape certificate needs it",
    )


def test_what_programmes_say_of_each_other_is_told_with_its_file(tmp_path: Path) -> None:
    behind = value("excludes_funds", '["city"]', unit="fund-list", governed=False)
    folder = tiny_place.written(tmp_path, amount=AMOUNT + behind)
    twin = folder / "toast"
    twin.mkdir()
    (twin / "programme.toml").write_text(PROGRAMME.replace('"bread"', '"toast"'))
    (twin / "amount.toml").write_text(AMOUNT)
    with pytest.raises(FaultyPolicy) as refused:
        read_place(folder)
    (fault,) = refused.value.faults
    assert fault.startswith("bread/amount.toml: excludes_funds: names city, from which toast pays")

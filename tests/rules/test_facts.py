"""What an office may say of a person: facts begin and end; what is known is never rewritten."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules import fact_row
from chalicelib.rules.fact_row import Statement
from chalicelib.rules.person import Fact, FactKind
from chalicelib.rules.personal import document_number
from chalicelib.rules.tabular import Row, RowFault
from tests import groups, office_files

NAMES = {"在职职工": groups.EMPLOYEE, groups.EMPLOYEE: groups.EMPLOYEE}
EMPLOYER = "91350100M000100Y43"
MARCH, MAY, JULY = date(2026, 3, 1), date(2026, 5, 1), date(2026, 7, 1)


def row(**columns: str) -> Row:
    said = {"证件号码": office_files.number(1), "事实": "group", "内容": "employee"}
    return Row(2, said | {"起始日期": "2026-03-01", "终止日期": ""} | columns)


def said(since: date | None = MARCH, until: date | None = None) -> Statement:
    number = document_number(office_files.number(1))
    return Statement(number, FactKind.GROUP, groups.EMPLOYEE, since, until)


def a_fact(since: date = MARCH, until: date | None = None) -> Fact:
    return Fact(FactKind.GROUP, groups.EMPLOYEE, since, until)


@pytest.mark.parametrize(
    ("columns", "kind", "name"),
    [
        ({"事实": "人员类别", "内容": "在职职工"}, FactKind.GROUP, groups.EMPLOYEE),
        ({"事实": "group", "内容": "employee"}, FactKind.GROUP, groups.EMPLOYEE),
        ({"事实": "参保", "内容": ""}, FactKind.INSURED, ""),
        ({"事实": "就业", "内容": EMPLOYER.lower()}, FactKind.EMPLOYED, EMPLOYER),
        ({"事实": "名单", "内容": "重点企业名单"}, FactKind.LISTED, "重点企业名单"),
    ],
)
def test_a_row_states_a_fact_by_its_code_or_in_words(
    columns: dict[str, str], kind: FactKind, name: str
) -> None:
    found = fact_row.statement(row(**columns), NAMES)
    assert (found.kind, found.name, found.since, found.until) == (kind, name, MARCH, None)


@pytest.mark.parametrize(
    ("columns", "column", "code"),
    [
        ({"证件号码": "1"}, "证件号码", "document_length"),
        ({"事实": "结婚"}, "事实", "unknown_fact"),
        ({"内容": "公务员"}, "内容", "unknown_group"),
        ({"内容": ""}, "内容", "missing_name_of_fact"),
        ({"事实": "参保", "内容": "养老"}, "内容", "fact_without_name"),
        ({"事实": "就业", "内容": "91350100M000100Y44"}, "内容", "check_digit"),
        ({"事实": "名单", "内容": "名" * 65}, "内容", "too_long"),
        ({"起始日期": ""}, "起始日期", "not_a_date"),
        ({"起始日期": "2026/3/1"}, "起始日期", "not_a_date"),
        ({"终止日期": "2026-02-28"}, "终止日期", "dates_reversed"),
    ],
)
def test_a_row_that_states_nothing_sound_names_its_column(
    columns: dict[str, str], column: str, code: str
) -> None:
    with pytest.raises(RowFault) as refused:
        fact_row.statement(row(**columns), NAMES)
    assert (refused.value.column, refused.value.args[0]) == (column, code)


def test_an_open_fact_is_ended_with_or_without_saying_when_it_began() -> None:
    ended = (replace(a_fact(until=MAY), ended_by="key"),)
    assert fact_row.stated([a_fact()], said(until=MAY), "key") == ended
    assert fact_row.stated([a_fact()], said(since=None, until=MAY), "key") == ended


@pytest.mark.parametrize(
    "again", [said(), said(until=MAY), said(since=None, until=MAY)], ids=["begun", "whole", "ended"]
)
def test_what_is_known_is_no_news(again: Statement) -> None:
    assert fact_row.stated([a_fact(until=MAY)], again, "key") is None


@pytest.mark.parametrize(
    ("known", "statement", "column", "code"),
    [
        (a_fact(until=MAY), said(until=JULY), "终止日期", "fact_ended"),
        (a_fact(), said(since=MAY), "起始日期", "fact_overlaps"),
        (a_fact(since=MAY), said(until=MAY), "起始日期", "fact_overlaps"),
        (a_fact(until=MAY), said(since=None, until=JULY), "起始日期", "nothing_to_end"),
        (a_fact(since=MAY), said(since=None, until=MARCH), "终止日期", "dates_reversed"),
    ],
)
def test_what_contradicts_the_known_is_refused(
    known: Fact, statement: Statement, column: str, code: str
) -> None:
    with pytest.raises(RowFault) as refused:
        fact_row.stated([known], statement, "key")
    assert (refused.value.column, refused.value.args[0]) == (column, code)


def test_the_same_may_begin_again_on_the_day_after_it_ended() -> None:
    before = a_fact(until=date(2026, 4, 30))
    found = fact_row.stated([before], said(since=MAY), "key")
    assert found == (before, Fact(FactKind.GROUP, groups.EMPLOYEE, MAY, None, "key"))


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
STATEMENTS = st.builds(
    lambda first, last: said(*sorted((first, last))) if last else said(first),
    DAYS,
    st.none() | DAYS,
)


@given(st.lists(STATEMENTS, max_size=8))
def test_no_two_facts_ever_overlap_and_a_beginning_stands_for_ever(
    statements: list[Statement],
) -> None:
    facts: tuple[Fact, ...] = ()
    for n, statement in enumerate(statements):
        try:
            after = fact_row.stated(facts, statement, f"key-{n}") or facts
        except RowFault:
            continue
        assert [fact.since for fact in after[: len(facts)]] == [fact.since for fact in facts]
        facts = after
        assert fact_row.stated(facts, statement, "again") is None
    on_any_day = [(one, two) for one in facts for two in facts if one is not two]
    assert not any(one.meets(two) for one, two in on_any_day)

"""What is known of vouchers when an amount is decided: as much as the policy asks for."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.rules import voucher
from chalicelib.rules.moves import Verb
from chalicelib.rules.person import Fact, FactKind
from chalicelib.rules.situation import ClassOutcome, Earlier, Event, Situation
from chalicelib.rules.voucher import Voucher
from chalicelib.store import people, programmes, vouchers
from chalicelib.usecases.blank import blank
from chalicelib.usecases.situated import situated
from tests import groups, money, seeding
from tests.builders import MONDAY, a_command
from tests.money import FUND, command
from tests.units.meter import recorded

PROGRAMME = "social-training"
ON = date(2026, 3, 20)
PER_CLASS = [{"by": "passed", "per_class": [{"at_least": 50, "fen": 1_000_000}]}]


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    money.open_books()
    seeding.open_institution()


def known(found: Voucher) -> Situation:
    return situated([found], programmes.current(PROGRAMME, ON), ON)[found.id]


def failed(found: Voucher) -> Voucher:
    facts = {"assessed_on": "2026-03-16"}
    after = voucher.move(found, Verb.FAIL, command("fail-01"), facts)
    vouchers.save(found, after)
    return after


def employ(found: Voucher) -> None:
    person = people.load(found.person_id)
    job = Fact(FactKind.EMPLOYED, "91310104MA1FTEST1D", date(2026, 3, 18), None)
    people.note(person, [*person.facts, job])


def test_hours_and_days_are_told_by_part_where_a_price_asks_for_them() -> None:
    seeding.publish_like(
        PROGRAMME,
        PROGRAMME,
        "class",
        standard=("standard", [{"per_hour": [{"theory": 1000, "practice": 1500}]}]),
        lesson_minutes=("minute", 45),
    )
    seeding.file_class()  # three lessons of 90 minutes on three days
    course = known(money.assessed(1)).course
    assert (course.hours, course.days) == ({"theory": 6}, {"theory": 3})


def test_a_class_outcome_is_known_once_every_learner_has_a_result() -> None:
    seeding.publish_like(PROGRAMME, PROGRAMME, "class", standard=("standard", PER_CLASS))
    first, second, third = money.assessed(1), money.assessed(2), money.enrolled(3)
    places = [one.id for one in sorted((first, second, third), key=lambda one: one.id)]
    own = places.index(first.id) + 1
    assert known(first).training_class == ClassOutcome(3, place=own)
    failed(third)
    employ(second)
    assert known(first).training_class == ClassOutcome(3, passed=2, employed=1, place=own)


def test_the_shares_of_a_class_sum_to_its_amount() -> None:
    seeding.publish_like(
        PROGRAMME,
        PROGRAMME,
        "class",
        standard=("standard", PER_CLASS),
        order=("order", ["standard", "fixed", "ratio", "rounding", "instalments"]),
    )
    for n in (1, 2, 3):
        money.assessed(n)
    sums = sorted(entry.amount_fen for entry in money.proposed().entries)
    assert sums == [333_333, 333_333, 333_334]


def another(found: Voucher) -> Voucher:
    """A second voucher of the same worker, assessed a day later."""
    person = people.load(found.person_id)
    policy = programmes.current(PROGRAMME, MONDAY.date())
    period = policy.period(MONDAY.date())
    assert period is not None
    group = groups.REGISTERED_UNEMPLOYED
    born = blank(person, policy, period, 2, group, MONDAY.date())
    made = voucher.issue(born, a_command("issue-02"))
    told = {name: value for name, value in vars(found.terms).items() if value is not None}
    for verb, facts in (
        (Verb.CLAIM, {}),
        (Verb.VERIFY, {"verified_by": told["verified_by"], "code_step": 1}),
        (Verb.ENROL, told),
        (Verb.ASSESS, {"assessed_on": "2026-03-17", "certificate_no": "S2"}),
    ):
        made = voucher.move(made, verb, a_command(f"{verb}-02"), facts)
    vouchers.create(made)
    return made


def test_a_cap_for_the_year_sees_what_the_persons_other_vouchers_came_to() -> None:
    seeding.publish_like(
        PROGRAMME,
        PROGRAMME,
        "class",
        vouchers_per_period=("voucher", 2),
        caps=("caps", [{"per_year_fen": 200_000}]),
        order=("order", ["standard", "fixed", "ratio", "rounding", "caps", "instalments"]),
    )
    first = money.assessed(1)
    second = another(first)
    one_by_one = [money.proposed("propose-01"), money.proposed("propose-02")]
    assert [[entry.amount_fen for entry in each.entries] for each in one_by_one] == [
        [money.STANDARD_FEN],
        [200_000 - money.STANDARD_FEN],
    ]
    earlier = known(vouchers.load(second.id)).earlier
    enrolled_on = MONDAY.date()  # which governs caps here; the proposal may be of another year
    assert earlier == (Earlier(PROGRAMME, enrolled_on, money.STANDARD_FEN, FUND, "养老护理员", 5),)


@pytest.mark.parametrize(("event", "on"), [("class-start", date(2026, 3, 9)), ("settlement", ON)])
def test_what_was_paid_counts_on_the_day_that_governs_caps(event: str, on: date) -> None:
    seeding.publish_like(
        PROGRAMME,
        PROGRAMME,
        "class",
        vouchers_per_period=("voucher", 2),
        caps=("caps", [{"per_year_fen": 200_000}], event),
        order=("order", ["standard", "fixed", "ratio", "rounding", "caps", "instalments"]),
    )
    seeding.file_class()
    second = another(money.assessed(1))
    money.proposed()
    (earlier,) = known(second).earlier
    assert earlier.on == on


def test_a_programme_that_asks_for_nothing_of_classes_reads_none() -> None:
    made = money.assessed(1)
    policy = programmes.current(PROGRAMME, ON)
    bare = replace(
        policy,
        parameters={
            name: value
            for name, value in policy.parameters.items()
            if name in {"judged_on", "rounding"}
        },
    )
    with recorded() as calls:
        found = situated([made], bare, ON)[made.id]
    assert calls == ["BatchGetItem"]
    assert (found.course.kind, found.attendance, found.training_class) == (None, (), None)


def test_the_days_of_its_way_are_told_by_the_events_that_rules_name() -> None:
    events = known(money.assessed(1)).events
    assert events[Event.CLAIM] == events[Event.ENROLMENT] == MONDAY.date()
    assert events[Event.CERTIFICATE] == date(2026, 3, 16)

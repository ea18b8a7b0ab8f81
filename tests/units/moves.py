"""Every move of one voucher, once, with what it asks of DynamoDB; test and bench measure alike."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from chalicelib.rules.history import Command
from chalicelib.rules.ids import OrganisationId
from chalicelib.rules.line import LineVerb
from chalicelib.rules.principal import Organisation, OrganisationKind
from chalicelib.store import organisations, vouchers
from chalicelib.usecases import (
    assess,
    check_in,
    claim,
    enrol,
    send,
    settle,
    show,
    show_code,
    verify,
)
from tests import groups, limits, money, seeding
from tests.builders import MONDAY, a_command, a_position
from tests.seeding import DESK, INSTITUTION
from tests.units.meter import Units, metered

FACTORY = Organisation(
    OrganisationId("91310104MA1FTEST1D"), OrganisationKind.ENTERPRISE, "样例工厂", "310104", None
)


def measured() -> dict[str, Units]:
    """Issue to write-off, in an empty city."""
    money.open_books()
    seeding.open_institution()
    return {**teaching(), **paying(), **for_organisations(), **assessing()}


def cost(act: Callable[[], object]) -> Units:
    with metered() as units:
        act()
    return units


def desk(key: str) -> Command:
    return a_command(key, actor=DESK.subject, role=DESK.role)


def teaching() -> dict[str, Units]:
    """From claim to check-in, one worker, one class."""
    who, into = seeding.register(1, groups.EMPLOYEE), seeding.file_class("C-9")
    own = a_command("claim-01", actor=who.subject)
    costs = {"issue, claim": cost(lambda: claim.claim(who, "social-training", own))}
    [mine] = [found.id for found in show.mine(who, MONDAY)]
    code, _ = show_code.show_code(who, mine, MONDAY)
    costs["verify"] = cost(lambda: verify.verify(DESK, mine, code, desk("verify-01")))
    costs["enrol"] = cost(
        lambda: enrol.enrol(DESK, mine, into.id, "worker", None, desk("enrol-01"))
    )
    lesson = MONDAY + timedelta(days=7)
    tap = a_command("tap-00001", actor=who.subject, at=lesson)
    costs["check in"] = cost(
        lambda: check_in.check_in(who, mine, 1, a_position(), lesson.isoformat(), tap)
    )
    return costs


def assessing() -> dict[str, Units]:
    """A learner's result, and a certificate's, whose course is counted with it."""
    money.enrolled(4)
    learned = replace(
        limits.certificate(4, occupation="养老护理员", programme="social-training"),
        institution_id=INSTITUTION.id,
        class_no="C-1",
    )
    vouchers.create(money.a_claimed(5, "skill-certificate"))
    certified = limits.certificate(5, programme="skill-certificate")
    return {
        "assess": cost(lambda: assess.apply(learned, money.command("row-04"))),
        "assess, a certificate": cost(lambda: assess.apply(certified, money.command("row-05"))),
    }


def paying() -> dict[str, Units]:
    """From proposal to write-off, one voucher."""
    paid = money.assessed(1)
    costs = {"propose": cost(lambda: money.proposed())}
    asked = money.approved()
    costs["approve"] = cost(
        lambda: settle.settle(asked.id, money.command("settle-01", actor="settlements"))
    )
    costs["pay"] = cost(lambda: send.send_due(money.SETTLING, lambda: False))
    line = money.line_of(paid)
    costs["write off"] = cost(lambda: money.tell(LineVerb.PAY, line, "urn:bank/1"))
    return costs


def for_organisations() -> dict[str, Units]:
    """The two moves by which an organisation's own list gains a voucher or a line."""
    organisations.save(FACTORY, None)
    money.open_account()
    who, into = seeding.register(2, groups.EMPLOYEE), seeding.file_class("C-8")
    claimed = claim.claim(who, "social-training", a_command("claim-02", actor=who.subject))
    code, _ = show_code.show_code(who, claimed.id, MONDAY)
    verify.verify(DESK, claimed.id, code, desk("verify-02"))
    seat = desk("enrol-02")
    costs = {
        "enrol, an enterprise pays": cost(
            lambda: enrol.enrol(DESK, claimed.id, into.id, "enterprise", FACTORY.id, seat)
        )
    }
    money.assessed(3, paid_by="institution")
    asked = money.approved("propose-03")
    costs["approve, an institution is paid"] = cost(
        lambda: settle.settle(asked.id, money.command("settle-03", actor="settlements"))
    )
    return costs

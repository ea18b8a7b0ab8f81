"""An apprentice of Huangpu, by Shanghai's own policies: city and district each pay their share."""

from dataclasses import replace

import pytest

from chalicelib.rules import voucher
from chalicelib.rules.line import LineVerb
from chalicelib.rules.moves import State, Verb
from chalicelib.rules.office_rows import CompanyAccount
from chalicelib.rules.personal import Account
from chalicelib.rules.principal import Right
from chalicelib.rules.voucher import Voucher
from chalicelib.store import organisations, secrets, vouchers
from chalicelib.usecases import approve, claim, enrol, propose, send, settle
from tests import groups, seeding, topped_up
from tests.builders import a_command
from tests.money import APPROVER, FUND, SETTLING, command, tell
from tests.seeding import CITY_OFFICE, FACTORY
from tests.topped_up import DISTRICT_FUND, lines_of, money_of

pytestmark = pytest.mark.usefixtures("aws_city")

PROGRAMME, HUANGPU = "apprenticeship", "310101"
ENTERPRISE = replace(seeding.ENTERPRISE, district=HUANGPU, account_mask="****0002")
WORKSHOP = replace(FACTORY, organisation=ENTERPRISE)
OFFICER = seeding.official("proposer", Right.PROPOSAL_PROPOSE, office=CITY_OFFICE)


def an_assessed_apprentice() -> Voucher:
    """Claimed, enrolled by the enterprise that teaches him, assessed at level 5."""
    seeding.open_enterprise()
    account = CompanyAccount("样例制造厂", Account("316000-00010002"), "102290000001")
    sealed = secrets.seal_organisation(ENTERPRISE.id, account)
    organisations.save(ENTERPRISE, sealed, secrets.account_mac(ENTERPRISE.id, account))
    who = seeding.register(1, groups.EMPLOYEE, employer=ENTERPRISE.id)
    into = seeding.file_class(teacher=WORKSHOP, programme=PROGRAMME)
    made = claim.claim(who, PROGRAMME, a_command("claim-01", actor=who.subject))
    factory = a_command("enrol-01", actor=FACTORY.subject, role=FACTORY.role)
    before = enrol.enrol(WORKSHOP, made.id, into.id, "enterprise", None, factory)
    facts = {"assessed_on": "2026-03-16", "certificate_no": "S000131000001265000001"}
    after = voucher.move(before, Verb.ASSESS, a_command("assess-01"), facts)
    vouchers.save(before, after)
    return after


def test_city_and_district_each_pay_the_enterprise_and_the_last_of_them_writes_off() -> None:
    seeding.publish((PROGRAMME,))
    topped_up.open_funds(city_fen=400_000, district_fen=200_000)
    paid = an_assessed_apprentice()
    asked = propose.propose(OFFICER, PROGRAMME, HUANGPU, command("propose-01"))
    approve.approve(APPROVER, asked.id, command("approve-01", actor="approver"))
    settle.settle(asked.id, command("settle-01", actor="settlements"))
    send.send_due(SETTLING, lambda: False)
    city, district = lines_of(paid)
    assert [(line.fund, line.payee_id, line.amount_fen) for line in (city, district)] == [
        (FUND, ENTERPRISE.id, 400_000),
        (DISTRICT_FUND, ENTERPRISE.id, 200_000),
    ]
    tell(LineVerb.PAY, city, "m-1")
    tell(LineVerb.PAY, district, "m-2")
    assert vouchers.load(paid.id).state is State.WRITTEN_OFF
    assert (money_of(FUND), money_of(DISTRICT_FUND)) == ((0, 0, 400_000), (0, 0, 200_000))

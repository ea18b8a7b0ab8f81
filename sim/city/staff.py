"""Who works where and may do what.

Districts propose and release, the city's finance approves, institutions read vouchers and file
classes, enterprises see their own staff's vouchers; what one officer of the city proposes as policy
another approves; one more manages permissions and nothing else.
"""

from dataclasses import dataclass

from sim.city.organisations import Organisation, of_kind, training_institutions

FIRST_PERMISSION_MANAGER = "staff-city-permissions"
CITY_OFFICER = "staff-city-01"
POLICY_APPROVER = "staff-city-02"
APPROVER = "staff-city-finance-01"
FORMER_OFFICER = "staff-310101-09"

PERMISSION_RIGHTS = "import.organisations import.staff channel.manage"
CITY_RIGHTS = (
    "import.sites import.budgets import.targets import.roster import.results import.facts "
    "policy.propose voucher.issue voucher.view case.view budget.view record.view figures.view "
    "national.resend figures.count"
)
POLICY_RIGHTS = "policy.propose policy.approve"
FINANCE_RIGHTS = "proposal.approve voucher.view budget.view figures.view"
# A proposer may approve too, but never his own: the city refuses the person, not the office.
PROPOSER_RIGHTS = "proposal.propose proposal.approve voucher.view case.view figures.view"
RELEASER_RIGHTS = "line.hold line.release voucher.view case.view record.view"
DESK_RIGHTS = "voucher.verify class.file voucher.enrol voucher.view institution.view figures.view"
ENTERPRISE_RIGHTS = "enterprise.view"


@dataclass(frozen=True)
class StaffMember:
    """One person's rights in one organisation; `valid_until` is empty while they last."""

    subject: str
    organisation_code: str
    rights: str
    valid_from: str = "2026-01-01"
    valid_until: str = ""


def proposer_of(district: str) -> str:
    """Return the subject of the officer who proposes payments in a district."""
    return f"staff-{district}-01"


def releaser_of(district: str) -> str:
    """Return the subject of the officer who decides held lines in a district."""
    return f"staff-{district}-02"


def desks(organisations: tuple[Organisation, ...]) -> dict[str, str]:
    """Return the subject of every training institution's desk, by the institution's code."""
    institutions = training_institutions(organisations)
    return {
        institution.code: f"staff-institution-{number:02d}"
        for number, institution in enumerate(institutions, start=1)
    }


def make_staff(organisations: tuple[Organisation, ...]) -> tuple[StaffMember, ...]:
    """Return the staff of every office and institution."""
    city = of_kind(organisations, "city-office")[0].code
    finance = of_kind(organisations, "city-finance")[0].code
    staff = [
        StaffMember(FIRST_PERMISSION_MANAGER, city, PERMISSION_RIGHTS),
        StaffMember(CITY_OFFICER, city, CITY_RIGHTS),
        StaffMember(POLICY_APPROVER, city, POLICY_RIGHTS),
        StaffMember(APPROVER, finance, FINANCE_RIGHTS),
    ]
    for office in of_kind(organisations, "district-office"):
        staff.append(StaffMember(proposer_of(office.district), office.code, PROPOSER_RIGHTS))
        staff.append(StaffMember(releaser_of(office.district), office.code, RELEASER_RIGHTS))
        if FORMER_OFFICER.startswith(f"staff-{office.district}"):
            left = StaffMember(
                FORMER_OFFICER, office.code, RELEASER_RIGHTS, "2024-01-01", "2025-12-31"
            )
            staff.append(left)
    for code, subject in desks(organisations).items():
        staff.append(StaffMember(subject, code, DESK_RIGHTS))
    for number, enterprise in enumerate(of_kind(organisations, "enterprise"), start=1):
        subject = f"staff-enterprise-{number:02d}"
        staff.append(StaffMember(subject, enterprise.code, ENTERPRISE_RIGHTS))
    return tuple(staff)

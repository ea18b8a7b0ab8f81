"""Who is calling and what he may do: rights, organisations, districts.

A right is held or not; whose object it is, is asked in the use case with the functions here.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from chalicelib.errors import Forbidden

from . import calendar
from .ids import OrganisationId, PersonId
from .licence import Scope


class Right(StrEnum):
    """Everything a caller can be allowed; a route declares exactly one."""

    WORKER = "worker"
    IMPORT_ORGANISATIONS = "import.organisations"
    IMPORT_SITES = "import.sites"
    IMPORT_STAFF = "import.staff"
    IMPORT_BUDGETS = "import.budgets"
    IMPORT_TARGETS = "import.targets"
    IMPORT_ROSTER = "import.roster"
    IMPORT_RESULTS = "import.results"
    IMPORT_FACTS = "import.facts"
    POLICY_PROPOSE = "policy.propose"
    POLICY_APPROVE = "policy.approve"
    VOUCHER_ISSUE = "voucher.issue"
    VOUCHER_VERIFY = "voucher.verify"
    VOUCHER_ENROL = "voucher.enrol"
    VOUCHER_VIEW = "voucher.view"
    CLASS_FILE = "class.file"
    PROPOSAL_PROPOSE = "proposal.propose"
    PROPOSAL_APPROVE = "proposal.approve"
    LINE_HOLD = "line.hold"
    LINE_RELEASE = "line.release"
    CASE_VIEW = "case.view"
    BUDGET_VIEW = "budget.view"
    NATIONAL_RESEND = "national.resend"
    RECORD_VIEW = "record.view"
    ENTERPRISE_VIEW = "enterprise.view"
    INSTITUTION_VIEW = "institution.view"
    CHANNEL_MANAGE = "channel.manage"
    FIGURES_VIEW = "figures.view"
    FIGURES_COUNT = "figures.count"


class OrganisationKind(StrEnum):
    """What an organisation is to the programme."""

    CITY_OFFICE = "city-office"
    CITY_FINANCE = "city-finance"
    DISTRICT_OFFICE = "district-office"
    ASSESSMENT_BODY = "assessment-body"
    SOCIAL_INSTITUTION = "social-institution"  # 社会化培训机构
    VOCATIONAL_SCHOOL = "vocational-school"  # 职业院校
    SKILL_BASE = "skill-base"  # 高技能人才培养基地
    ENTERPRISE = "enterprise"


TRAINING_KINDS = frozenset(
    {
        OrganisationKind.SOCIAL_INSTITUTION,
        OrganisationKind.VOCATIONAL_SCHOOL,
        OrganisationKind.SKILL_BASE,
    }
)
TEACHING_KINDS = TRAINING_KINDS | {OrganisationKind.ENTERPRISE}
"""Who has teaching sites: an enterprise teaches its own staff only (notice 二.(三))."""

CITY_KINDS = frozenset({OrganisationKind.CITY_OFFICE, OrganisationKind.CITY_FINANCE})

IMPORTERS = frozenset(
    {
        Right.IMPORT_ORGANISATIONS,
        Right.IMPORT_SITES,
        Right.IMPORT_STAFF,
        Right.IMPORT_BUDGETS,
        Right.IMPORT_TARGETS,
        Right.IMPORT_ROSTER,
        Right.IMPORT_RESULTS,
        Right.IMPORT_FACTS,
    }
)
"""Who brings files of any kind; which kind his right is for, is asked in the use case."""

PERMISSION_MANAGER = frozenset(
    {Right.IMPORT_ORGANISATIONS, Right.IMPORT_STAFF, Right.CHANNEL_MANAGE}
)
"""What the first permission manager may do before any staff file exists (notice 四.(二))."""


@dataclass(frozen=True)
class Organisation:
    """An office, an institution (培训实施机构), an enterprise or an assessment body.

    `licence` is what it may teach, as far as it is recorded.
    """

    id: OrganisationId
    kind: OrganisationKind
    name: str
    district: str | None
    account_mask: str | None
    licence: tuple[Scope, ...] = ()


@dataclass(frozen=True)
class Staff:
    """A person in office: for whom, with which rights, from when until when (inclusive)."""

    subject: str
    organisation_id: OrganisationId
    rights: frozenset[Right]
    since: date
    until: date | None

    def in_office(self, on: date) -> bool:
        """Whether the rights hold on that day."""
        return calendar.within(on, self.since, self.until)


@dataclass(frozen=True)
class Principal:
    """The caller: a worker, or somebody in office for an organisation; and through which client."""

    subject: str
    role: str
    rights: frozenset[Right]
    person_id: PersonId | None = None
    organisation: Organisation | None = field(default=None)
    channel: str = ""

    def require(self, right: Right) -> None:
        """Forbidden `right_missing` unless the caller holds the right."""
        if right not in self.rights:
            raise Forbidden("right_missing", facts={"right": right})

    @property
    def worker_id(self) -> PersonId:
        """The worker who is calling; Forbidden for anybody else."""
        if self.person_id is None:
            raise Forbidden("not_a_worker")
        return self.person_id

    @property
    def institution(self) -> Organisation:
        """The training institution the caller works for; Forbidden for anybody else."""
        if self.organisation is None or self.organisation.kind not in TRAINING_KINDS:
            raise Forbidden("not_an_institution")
        return self.organisation

    @property
    def teacher(self) -> Organisation:
        """Who teaches: a training institution, or an enterprise its staff; Forbidden for others."""
        if self.organisation is None or self.organisation.kind not in TEACHING_KINDS:
            raise Forbidden("not_an_institution")
        return self.organisation

    @property
    def enterprise(self) -> Organisation:
        """The enterprise the caller works for; Forbidden for anybody else."""
        if self.organisation is None or self.organisation.kind is not OrganisationKind.ENTERPRISE:
            raise Forbidden("not_an_enterprise")
        return self.organisation

    def supervises(self, district: str | None) -> bool:
        """Whether the caller's office answers for that district: the city's for all."""
        office = self.organisation
        if office is None:
            return False
        if office.kind in CITY_KINDS:
            return True
        return (
            office.kind is OrganisationKind.DISTRICT_OFFICE
            and district is not None
            and office.district == district
        )

"""The seven files that offices hand in, each in the encoding in which such an office saves it."""

from sim.city.city import City
from sim.city.dice import Dice
from sim.city.files import BYTE_ORDER_MARK, csv_text
from sim.city.results import Result
from sim.city.roster import HEADING
from sim.city.sites import Site
from sim.city.targets import make_targets

ORGANISATION_HEADING = (
    "code",
    "kind",
    "name",
    "district",
    "account_name",
    "account",
    "branch_code",
)
SITE_HEADING = (
    "organisation_code",
    "site_no",
    "name",
    "longitude",
    "latitude",
    "datum",
    "radius_m",
)
STAFF_HEADING = ("subject", "organisation_code", "rights", "valid_from", "valid_until")
BUDGET_HEADING = ("fund", "year", "granted_fen")
TARGET_HEADING = ("programme", "district", "year", "issued", "used")
RESULT_HEADING = (
    "证件号码",
    "项目",
    "职业",
    "等级",
    "培训机构代码",
    "班级编号",
    "考核结果",
    "证书编号",
    "考核日期",
)
WHOLE_FEN = 10_000_000


def _site_row(site: Site) -> list[str]:
    radius_m = "" if site.radius_m is None else str(site.radius_m)
    place = [site.longitude, site.latitude, site.datum, radius_m]
    return [site.organisation_code, site.site_no, site.name, *place]


def _result_row(result: Result) -> list[str]:
    filed = result.learner.training_class if result.learner else None
    return [
        result.person.document_number,
        result.programme,
        result.occupation,
        result.level,
        filed.institution.code if filed else "",
        filed.class_no if filed else "",
        "合格" if result.passed else "不合格",
        result.certificate_no,
        result.day.isoformat(),
    ]


def _budgets(seed: int) -> str:
    """A grant for either fund, ample for every proposal."""
    dice = Dice(seed, "budgets")
    rows = [
        ("employment-subsidy", "2026", str(dice.between(9, 12) * WHOLE_FEN)),
        ("unemployment-insurance", "2026", str(dice.between(4, 6) * WHOLE_FEN)),
    ]
    return csv_text(BUDGET_HEADING, rows)


def office_files(city: City) -> dict[str, bytes]:
    """Return the seven files by name."""
    organisations = [
        [getattr(each, column) for column in ORGANISATION_HEADING] for each in city.organisations
    ]
    staff = [[getattr(each, column) for column in STAFF_HEADING] for each in city.staff]
    targets = [
        [getattr(each, column) for column in TARGET_HEADING]
        for each in make_targets(len(city.people))
    ]
    results = csv_text(RESULT_HEADING, map(_result_row, city.results), "\r\n")
    sites = csv_text(SITE_HEADING, map(_site_row, city.sites))
    return {
        "organisations.csv": csv_text(ORGANISATION_HEADING, organisations).encode(),
        "sites.csv": sites.encode(),
        "staff.csv": csv_text(STAFF_HEADING, staff).encode(),
        "budgets.csv": _budgets(city.seed).encode(),
        "targets.csv": csv_text(TARGET_HEADING, targets).encode(),
        "roster.csv": csv_text(HEADING, city.roster.rows, "\r\n").encode("gb18030"),
        "results.csv": (BYTE_ORDER_MARK + results).encode(),
    }

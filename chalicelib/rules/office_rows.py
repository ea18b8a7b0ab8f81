"""Rows of the city office's own files: organisations, their sites and staff, the budgets."""

import re
from dataclasses import dataclass
from datetime import date

from stdnum.cn import uscc

from chalicelib.errors import Invalid

from . import licence
from .datum import Datum, Degrees
from .figures import Target
from .ids import OrganisationId
from .licence import Scope
from .personal import Account, company_account
from .position import Site
from .principal import Organisation, OrganisationKind, Right, Staff
from .roster_row import day
from .tabular import Columns, Row, RowFault

ORGANISATION_HEADINGS = (
    *("code", "kind", "name", "district"),
    *("account_name", "account", "branch_code"),
)
SITE_HEADINGS = (
    *("organisation_code", "site_no", "name"),
    *("longitude", "latitude", "datum", "radius_m"),
)
STAFF_HEADINGS = ("subject", "organisation_code", "rights", "valid_from", "valid_until")
BUDGET_HEADINGS = ("fund", "year", "granted_fen")
TARGET_HEADINGS = ("programme", "district", "year", "issued", "used")
LICENCE = "licence"
ORGANISATIONS = Columns(
    ORGANISATION_HEADINGS,
    ids=frozenset({"code", "account", "branch_code"}),
    optional=(LICENCE,),
)
SITES = Columns(SITE_HEADINGS, ids=frozenset({"organisation_code", "site_no"}))
STAFF = Columns(STAFF_HEADINGS, ids=frozenset({"subject", "organisation_code"}))
BUDGETS = Columns(BUDGET_HEADINGS)
TARGETS = Columns(TARGET_HEADINGS)

_PROGRAMME = re.compile(r"[a-z][a-z0-9-]{0,63}")
_DISTRICT = re.compile(r"([0-9]{6})?", re.ASCII)


@dataclass(frozen=True)
class CompanyAccount:
    """Where an organisation is paid."""

    account_name: str
    account: Account
    branch_code: str


@dataclass(frozen=True)
class SiteRow:
    """A teaching site of an institution."""

    organisation_id: OrganisationId
    site_no: str
    name: str
    site: Site


@dataclass(frozen=True)
class Grant:
    """What a fund is granted for a year, in fen."""

    fund: str
    year: int
    granted_fen: int


def organisation(row: Row) -> tuple[Organisation, CompanyAccount | None]:
    """An organisation and where it is paid, if it can be."""
    code = _code(row, "code")
    if row["kind"] not in set(OrganisationKind):
        raise RowFault("kind", "unknown_kind")
    if not row["name"]:
        raise RowFault("name", "missing_name")
    paid_to = _company_account(row) if row["account"] else None
    mask = paid_to.account.mask if paid_to else None
    kind = OrganisationKind(row["kind"])
    district, scopes = row["district"] or None, _licence(row)
    return Organisation(code, kind, row["name"], district, mask, scopes), paid_to


def _licence(row: Row) -> tuple[Scope, ...]:
    try:
        return licence.read(row[LICENCE]) if row.tells(LICENCE) else ()
    except ValueError:
        raise RowFault(LICENCE, "bad_licence") from None


def _company_account(row: Row) -> CompanyAccount:
    try:
        account = company_account(row["account"])
    except Invalid as fault:
        raise RowFault("account", fault.code) from None
    branch = row["branch_code"]
    if not (branch.isascii() and branch.isdigit() and len(branch) == 12):
        raise RowFault("branch_code", "branch_code")
    return CompanyAccount(row["account_name"] or row["name"], account, branch)


def _code(row: Row, column: str) -> OrganisationId:
    code = row[column].upper()
    if not uscc.is_valid(code):
        raise RowFault(column, "check_digit")
    return OrganisationId(code)


def site(row: Row) -> SiteRow:
    """A site; its numbers without a datum are refused."""
    if row["datum"] not in set(Datum):
        raise RowFault("datum", "unknown_datum")
    point = Degrees(_degrees(row, "longitude", limit=180.0), _degrees(row, "latitude", limit=90.0))
    radius = row["radius_m"]
    if radius and not (radius.isascii() and radius.isdigit()):
        raise RowFault("radius_m", "not_a_number")
    return SiteRow(
        _code(row, "organisation_code"),
        row["site_no"],
        row["name"],
        Site(point, Datum(row["datum"]), int(radius) if radius else None),
    )


def _degrees(row: Row, column: str, limit: float) -> float:
    try:
        degrees = float(row[column])
    except ValueError:
        raise RowFault(column, "not_a_number") from None
    if not -limit <= degrees <= limit:
        raise RowFault(column, "not_a_number")
    return degrees


def staff(row: Row) -> Staff:
    """Somebody in office with his rights."""
    written = row["rights"].split()
    grantable = set(Right) - {Right.WORKER}
    if not row["subject"]:
        raise RowFault("subject", "missing_subject")
    if not set(written) <= grantable:
        raise RowFault("rights", "unknown_right")
    until: date | None = day(row, "valid_until") if row["valid_until"] else None
    return Staff(
        row["subject"],
        _code(row, "organisation_code"),
        frozenset(Right(right) for right in written),
        day(row, "valid_from"),
        until,
    )


def grant(row: Row) -> Grant:
    """A fund's grant for a year."""
    _check_whole_numbers(row, "year", "granted_fen")
    if not row["fund"]:
        raise RowFault("fund", "missing_fund")
    return Grant(row["fund"], int(row["year"]), int(row["granted_fen"]))


def target(row: Row) -> Target:
    """What is aimed at in a year; without a district it is the whole city's."""
    if not _PROGRAMME.fullmatch(row["programme"]):
        raise RowFault("programme", "unknown_programme")
    if not _DISTRICT.fullmatch(row["district"]):
        raise RowFault("district", "unknown_district")
    _check_whole_numbers(row, "year", "issued", "used")
    numbers = int(row["issued"]), int(row["used"])
    return Target(row["programme"], row["district"] or None, row["year"], *numbers)


def _check_whole_numbers(row: Row, *columns: str) -> None:
    for column in columns:
        if not (row[column].isascii() and row[column].isdigit()):
            raise RowFault(column, "not_a_number")

"""Organisations: offices, institutions, enterprises; their sites; the staff with their rights."""

import time
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from pynamodb.attributes import BinaryAttribute, JSONAttribute, UnicodeAttribute

from chalicelib import settings
from chalicelib.errors import NotFound
from chalicelib.rules.datum import Datum, Degrees
from chalicelib.rules.ids import OrganisationId
from chalicelib.rules.licence import Scope
from chalicelib.rules.office_rows import SiteRow
from chalicelib.rules.position import Site
from chalicelib.rules.principal import Organisation, OrganisationKind, Right, Staff

from . import transact
from .table import Table

_PROFILE = "profile"
_STAFF = "staff"
_KEPT_S = 60
"""Rights given or taken now hold in every function within this time."""

_RENAMED = {"policy.publish": Right.POLICY_PROPOSE}
"""Rights as they were called when older rows were written."""


class _Organisation(Table):
    class Meta:
        table_name = settings.load().organisations_table

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    content = JSONAttribute()
    sealed = BinaryAttribute(legacy_encoding=False, null=True)
    # A seal differs each time it is made; the MAC of what is sealed tells whether it changed.
    mac = UnicodeAttribute(null=True)


def load(organisation_id: OrganisationId) -> Organisation:
    """An organisation; NotFound."""
    content = _item(organisation_id, _PROFILE, "organisation").content
    return Organisation(
        organisation_id,
        OrganisationKind(content["kind"]),
        content["name"],
        content["district"],
        content["account_mask"],
        tuple(Scope(*scope) for scope in content.get("licence", ())),
    )


def names(organisation_ids: Iterable[OrganisationId]) -> dict[OrganisationId, str]:
    """What those of the organisations that exist are called."""
    wanted = [(organisation_id, _PROFILE) for organisation_id in organisation_ids]
    found = _Organisation.batch_get(wanted, consistent_read=True)
    return {OrganisationId(item.id): item.content["name"] for item in found}


def sealed(organisation_id: OrganisationId) -> bytes:
    """The sealed account of an organisation; NotFound where it has none."""
    record = _item(organisation_id, _PROFILE, "organisation").sealed
    if record is None:
        raise NotFound("account")
    return bytes(record)


def save(organisation: Organisation, record: bytes | None, mac: str | None = None) -> bool:
    """Keeps an organisation as it is now; False where it stood so already.

    `record` is its sealed account and `mac` the account's MAC.
    """
    item = _of(organisation, mac)
    item.sealed = record
    return _keep(item)


def changes(organisation: Organisation, mac: str | None) -> bool:
    """Whether keeping it would change anything."""
    return _differs(_of(organisation, mac))


def _of(organisation: Organisation, mac: str | None) -> _Organisation:
    content = asdict(organisation)
    key, scopes = content.pop("id"), content.pop("licence")
    if scopes:
        # Only where there is one: an organisation kept before licences were is unchanged.
        content["licence"] = [list(scope.values()) for scope in scopes]
    return _Organisation(id=key, part=_PROFILE, content=content, mac=mac)


def site(organisation_id: OrganisationId, site_no: str) -> SiteRow:
    """A teaching site of an institution; NotFound."""
    content = _item(organisation_id, f"site#{site_no}", "site").content
    point = Degrees(content["longitude"], content["latitude"])
    place = Site(point, Datum(content["datum"]), content["radius_m"])
    return SiteRow(organisation_id, site_no, content["name"], place)


def save_site(row: SiteRow) -> bool:
    """Keeps a site as it is now; False where it stood so already."""
    return _keep(_of_site(row))


def site_changes(row: SiteRow) -> bool:
    """Whether keeping the site would change anything."""
    return _differs(_of_site(row))


def _of_site(row: SiteRow) -> _Organisation:
    content = {
        "name": row.name,
        "longitude": row.site.point.longitude,
        "latitude": row.site.point.latitude,
        "datum": row.site.datum.value,
        "radius_m": row.site.radius_m,
    }
    part = f"site#{row.site_no}"
    return _Organisation(id=row.organisation_id, part=part, content=content)


_offices: dict[str, tuple[float, Staff, Organisation]] = {}


def office(subject: str) -> tuple[Staff, Organisation] | None:
    """Somebody's office and the organisation it is for, as they stood within the last minute.

    None where no file ever named him; that is not remembered, so a new office holds at once.
    """
    known = _offices.get(subject)
    if known is None or time.monotonic() - known[0] > _KEPT_S:
        holder = staff(subject)
        if holder is None:
            return None
        known = _offices[subject] = (time.monotonic(), holder, load(holder.organisation_id))
    return known[1:]


def staff(subject: str) -> Staff | None:
    """Somebody in office, or None where no file ever named him."""
    try:
        content = _item(f"staff#{subject}", _STAFF, "staff").content
    except NotFound:
        return None
    return Staff(
        subject,
        OrganisationId(content["organisation_id"]),
        frozenset(_RENAMED.get(right) or Right(right) for right in content["rights"]),
        date.fromisoformat(content["since"]),
        date.fromisoformat(content["until"]) if content["until"] else None,
    )


def save_staff(person: Staff) -> bool:
    """Keeps somebody's office and rights as they are now; False where they stood so already."""
    _offices.pop(person.subject, None)
    return _keep(_of_staff(person))


def staff_changes(person: Staff) -> bool:
    """Whether keeping somebody's office and rights would change anything."""
    return _differs(_of_staff(person))


def _of_staff(person: Staff) -> _Organisation:
    content = {
        "organisation_id": person.organisation_id,
        "rights": sorted(right.value for right in person.rights),
        "since": person.since.isoformat(),
        "until": person.until and person.until.isoformat(),
    }
    return _Organisation(id=f"staff#{person.subject}", part=_STAFF, content=content)


def _item(key: str, part: str, what: str) -> _Organisation:
    try:
        return _Organisation.get(key, part, consistent_read=True)
    except _Organisation.DoesNotExist:
        raise NotFound(what) from None


def _keep(item: _Organisation) -> bool:
    if not _differs(item):
        return False
    transact.write(item.save, lambda: False)
    return True


def _differs(item: _Organisation) -> bool:
    try:
        found = _item(item.id, item.part, item.part)
    except NotFound:
        return True
    return bool((found.content, found.mac) != (item.content, item.mac))

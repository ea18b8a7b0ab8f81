"""Teaching sites at real places, each stated in one coordinate system.

A site lies in its institution's district. Most are given in GCJ-02; every sixth in WGS-84, as a
surveyor's instrument would give it.
"""

from dataclasses import dataclass

from sim.city.datums import Point, gcj02_read_as, gcj02_written_in
from sim.city.dice import Dice
from sim.city.organisations import Organisation, training_institutions
from sim.city.places import DISTRICTS

POLICY_RADIUS_M = 300


@dataclass(frozen=True)
class Site:
    """A site as the file states it; `radius_m` is None where the policy's radius holds."""

    organisation_code: str
    site_no: str
    name: str
    longitude: str
    latitude: str
    datum: str
    radius_m: int | None

    @property
    def centre(self) -> Point:
        """The site in GCJ-02 degrees."""
        return gcj02_read_as(self.datum, float(self.longitude), float(self.latitude))

    @property
    def fence_m(self) -> int:
        """The radius that holds here, in metres."""
        return POLICY_RADIUS_M if self.radius_m is None else self.radius_m


def make_sites(seed: int, organisations: tuple[Organisation, ...]) -> tuple[Site, ...]:
    """Return two sites for every training institution."""
    dice = Dice(seed, "sites")
    sites: list[Site] = []
    for institution in training_institutions(organisations):
        district = next(each for each in DISTRICTS if each.code == institution.district)
        for number, place in enumerate(district.places, start=1):
            longitude = place.longitude + dice.between(-1500, 1500) / 1e6
            latitude = place.latitude + dice.between(-1500, 1500) / 1e6
            datum = "WGS-84" if len(sites) % 6 == 5 else "GCJ-02"
            stated = gcj02_written_in(datum, longitude, latitude)
            sites.append(
                Site(
                    organisation_code=institution.code,
                    site_no=f"S{number}",
                    name=f"{place.name}教学点",
                    longitude=f"{stated[0]:.6f}",
                    latitude=f"{stated[1]:.6f}",
                    datum=datum,
                    radius_m=dice.pick((250, 350)) if dice.chance(20) else None,
                )
            )
    return tuple(sites)

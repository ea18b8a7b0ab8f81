"""How far a reported position lies from the teaching site (notice 三.(三)), in metres.

Where that is, seen from the site's fence, is said in fence.py.
"""

from geographiclib.geodesic import Geodesic

from .datum import Datum, Degrees, to_wgs
from .fence import Measured
from .position import Position, Site


def distance_m(one: Degrees, other: Degrees) -> float:
    """Metres between two WGS-84 points on the ellipsoid (Karney 2013)."""
    line = Geodesic.WGS84.Inverse(
        one.latitude, one.longitude, other.latitude, other.longitude, Geodesic.DISTANCE
    )
    return float(line["s12"])


def measure(position: Position, site: Site) -> Measured:
    """How far the position lies from the site, and how far if it was meant in another system."""
    centre = to_wgs(site.point, site.datum)
    others = (datum for datum in Datum if datum is not position.datum)
    return Measured(
        away_m=distance_m(to_wgs(position.point, position.datum), centre),
        misread_m=min(distance_m(to_wgs(position.point, other), centre) for other in others),
    )

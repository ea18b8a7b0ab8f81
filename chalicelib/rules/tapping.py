"""A learner's tap as rules judge it, made of what his phone reports and where the class is held."""

from datetime import datetime

from . import calendar, geofence
from .lesson import Lesson
from .position import Position, Site
from .teaching_facts import Tap


def tap(position: Position, site: Site, lesson: Lesson, at: datetime, attempts: int) -> Tap:
    """The tap of that moment for that lesson, measured from its site, after so many others."""
    measured = geofence.measure(position, site)
    return Tap(
        received_at=calendar.text(at),
        starts_at=calendar.text(lesson.starts_at),
        ends_at=calendar.text(lesson.ends_at),
        away_m=measured.away_m,
        misread_m=measured.misread_m,
        accuracy_m=position.accuracy_m,
        radius_m=site.radius_m,
        attempts=attempts,
        lesson_no=lesson.no,
        mode=lesson.mode.value,
    )

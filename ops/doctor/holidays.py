"""The state holidays: whether the years that deadlines in working days reach into are announced."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from chalicelib.policy.words import words_of
from chalicelib.rules import calendar
from ops.doctor.finding import Finding, State
from ops.doctor.patient import Patient
from ops.policies import programmes

_NOVEMBER = 11
"""The State Council announces a year's holidays in October or November of the year before."""


def holidays(patient: Patient) -> Iterator[Finding]:
    """This year's holidays must be in the folder, and from November on the next year's."""
    offset_s = int(patient.parameters.get("ClockOffset", "0"))
    now = datetime.now(UTC) + timedelta(seconds=offset_s)
    yield announced(programmes(patient.policies), calendar.civil_date(now))


def announced(documents: Iterable[Mapping[str, Any]], today: date) -> Finding:
    """Whether the years that matter on that day stand in the programmes that count working days."""
    counting = [each["parameters"] for each in documents if "holidays" in each["parameters"]]
    if not counting:
        return Finding("holidays", State.OK, "no deadline is counted in working days")
    wanted = {today.year} | ({today.year + 1} if today.month >= _NOVEMBER else set())
    known = [words_of(parameters, today.isoformat()).announced.years for parameters in counting]
    missing = sorted(year for year in wanted if any(year not in years for years in known))
    if not missing:
        return Finding("holidays", State.OK, f"known for {', '.join(map(str, sorted(wanted)))}")
    years = ", ".join(map(str, missing))
    return Finding(
        "holidays",
        State.WARNING,
        f"of {years} are not known: deadlines in working days count every weekday",
        f"enter the State Council's notice for {years} in the place's holidays.toml, "
        "from the day it was published; propose it, and let another official approve",
    )

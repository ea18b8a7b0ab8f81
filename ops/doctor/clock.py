"""The clocks: this machine's, the cloud's, and the local stage's that can be moved."""

import email.utils
from collections.abc import Iterator
from datetime import UTC, datetime

import urllib3

from ops.api import TIMEOUT, Request, UnreachableError
from ops.doctor.finding import Finding, State
from ops.doctor.patient import Patient
from ops.showing import age

_ASIDE_S = 5
_SYNCHRONISE = "set this machine's clock by NTP: minted tokens and codes live by it"


def clock(patient: Patient) -> Iterator[Finding]:
    """Whether API and machine agree on the hour, and whether the city lives on another day."""
    aside_s = _aside_s(patient.who.api().url)
    if abs(aside_s) > _ASIDE_S:
        where = "behind" if aside_s > 0 else "ahead of"
        found = f"this machine is {age(abs(aside_s))} {where} the API"
        yield Finding("clock", State.WARNING, found, _SYNCHRONISE)
    else:
        yield Finding("clock", State.OK, "this machine and the API agree")
    offset_s = int(patient.parameters.get("ClockOffset", "0"))
    if offset_s and patient.stage == "local":
        there = datetime.fromtimestamp(datetime.now(UTC).timestamp() + offset_s, UTC)
        yield Finding("clock", State.OK, f"the local stage lives at {there:%Y-%m-%d %H:%M} UTC")
    elif "ClockOffset" in patient.parameters and patient.stage != "local":
        found = f"stage {patient.stage} has a clock that can be moved"
        mend = "a package of another stage was deployed: make package, voucherctl deploy"
        yield Finding("clock", State.FAULT, found, mend)


def _aside_s(api_url: str) -> int:
    """Seconds by which the API's clock is ahead of this machine's, by the Date of any answer."""
    request = Request("GET", "/me")
    try:
        answer = urllib3.request("GET", api_url + request.path, timeout=TIMEOUT, retries=False)
    except urllib3.exceptions.HTTPError as error:
        raise UnreachableError(request, str(error)) from error
    told = email.utils.parsedate_to_datetime(answer.headers["Date"])
    return round((told - datetime.now(UTC)).total_seconds())

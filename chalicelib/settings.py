"""The only reader of the environment: what the template tells a function, frozen."""

import os
import time
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from chalicelib.rules import calendar


@dataclass(frozen=True)
class Settings:
    """Stage, names of what the template made, and the issuer that is trusted."""

    stage: str
    clock_offset_s: int
    people_table: str
    organisations_table: str
    programmes_table: str
    classes_table: str
    vouchers_table: str
    checkins_table: str
    payments_table: str
    cases_table: str
    runs_table: str
    figures_table: str
    outbox_table: str
    files_bucket: str
    imports_queue_url: str
    batches_queue_url: str
    settlements_queue_url: str
    bank_queue_url: str
    national_queue_url: str
    channels_queue_url: str
    identity_key_id: str
    people_key_id: str
    bank_key_id: str
    national_key_id: str
    oidc_issuer: str
    oidc_audience: str
    oidc_jwks_url: str
    first_permission_manager: str
    public_url: str


@cache
def load() -> Settings:
    """The settings of this process; RuntimeError where a clock is set outside the local stage."""
    stage = os.environ["STAGE"]
    offset = os.environ.get("CLOCK_OFFSET")
    if offset is not None and stage != "local":
        raise RuntimeError("CLOCK_OFFSET is for the local stage alone; remove it from the template")
    names = (name for name in Settings.__annotations__ if name not in {"stage", "clock_offset_s"})
    return Settings(
        stage=stage,
        clock_offset_s=int(offset or 0),
        **{name: os.environ.get(name.upper(), "") for name in names},
    )


def now() -> datetime:
    """The city's time in whole seconds; the local stage may be told to live on another day."""
    return calendar.from_epoch(int(time.time()) + load().clock_offset_s)

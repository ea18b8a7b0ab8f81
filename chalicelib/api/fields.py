"""The kinds of text and number that requests carry, each bounded, so that no rule meets more."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

# No control character anywhere: the unit separator joins the parts of computed ids. `\Z`,
# because `$` would let a last line feed through.
Line = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f-\x9f]+\Z")]
"""One line of text: a name or a number that others gave."""

ListName = Annotated[Line, Meta(examples=["重点企业名单"])]
"""A list of people, as the office named it that put them on it."""

Reason = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=200,
        pattern=r"^[^\x00-\x1f\x7f-\x9f]+\Z",
        examples=["现场核实无误"],
    ),
]
"""Why an official did something, in a sentence."""

Code = Annotated[
    str,
    Meta(max_length=128, examples=["v-k3v7q2mzr5w6t4xj2b7ncd5yea.1772413200.0f4c2a9be1d83757c6aa"]),
]
"""A voucher's code as scanned; what it is worth is decided later."""

Programme = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,63}\Z", examples=["social-training"])]
"""A programme's code."""

Group = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,63}\Z", examples=["registered-unemployed"])]
"""A group of people by its code; the policies in force declare which there are."""

District = Annotated[str, Meta(pattern=r"^[0-9]{6}\Z", examples=["310104"])]
"""A district by its six digits (GB/T 2260)."""

ClassNumber = Annotated[
    str, Meta(pattern=r"^c-[a-z2-7]{26}\Z", examples=["c-h5j2x7wq4n6t3rk2vz7mbd5yfa"])
]
"""The id of a class."""

VoucherNumber = Annotated[
    str, Meta(pattern=r"^v-[a-z2-7]{26}\Z", examples=["v-k3v7q2mzr5w6t4xj2b7ncd5yea"])
]
"""The id of a voucher."""

Usci = Annotated[str, Meta(pattern=r"^[0-9A-Z]{18}\Z", examples=["91310000MA1FL0XX3T"])]
"""A unified social credit identifier (统一社会信用代码); its check digit is not asked here."""

Day = Annotated[date, Meta(examples=["2026-01-01"])]
"""A civil date in Shanghai."""

ClientId = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{1,63}\Z", examples=["wechat-card"])]
"""A client channel's id at the identity provider, as tokens name it in `azp`."""

Level = Annotated[int, Meta(ge=1, le=9, examples=[5])]
"""一级 is 1, 五级 is 5; what other numbers mean, the place's policies declare."""

Seats = Annotated[int, Meta(ge=1, le=10_000, examples=[30])]
"""How many learners a class takes."""

Longitude = Annotated[float, Meta(ge=-180, le=180, examples=[121.4365])]
Latitude = Annotated[float, Meta(ge=-90, le=90, examples=[31.1885])]
AccuracyM = Annotated[float, Meta(ge=0, le=1_000_000, examples=[12])]

Instant = Annotated[
    str,
    Meta(
        min_length=20,
        max_length=35,
        extra_json_schema={"format": "date-time"},
        examples=["2026-03-09T08:45:00+08:00"],
    ),
]
"""An instant as RFC 3339 text; it is read by `calendar.instant`."""

Work = Annotated[str, Meta(pattern=r"^held:[0-9]{6}\Z", examples=["held:310104"])]
"""The work of a district's desk on payment lines."""

ImportKind = Literal[
    "organisations", "sites", "staff", "budgets", "targets", "roster", "results", "facts"
]
"""What stands in an official's file."""

ObjectKey = Annotated[
    str,
    Meta(
        pattern=r"^incoming/[A-Za-z0-9][A-Za-z0-9._/-]{0,255}\Z", examples=["incoming/roster.csv"]
    ),
]
"""Where an upload lies; nothing but uploads can be named."""

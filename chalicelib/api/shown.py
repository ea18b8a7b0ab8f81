"""The kinds of text and number that answers carry, with their form and an example."""

from typing import Annotated

from msgspec import Meta

VoucherId = Annotated[
    str, Meta(pattern=r"^v-[a-z2-7]{26}$", examples=["v-k3v7q2mzr5w6t4xj2b7ncd5yea"])
]
ClassId = Annotated[
    str, Meta(pattern=r"^c-[a-z2-7]{26}$", examples=["c-h5j2x7wq4n6t3rk2vz7mbd5yfa"])
]
CaseId = Annotated[
    str, Meta(pattern=r"^k-[a-z2-7]{26}$", examples=["k-x4t7k2vq5r6w3mj2z7nbcd5yga"])
]
ProposalId = Annotated[
    str, Meta(pattern=r"^s-[a-z2-7]{26}$", examples=["s-w6q3r7xk2m5t4vj2z7nbcd5yha"])
]
LineId = Annotated[
    str, Meta(pattern=r"^l-[a-z2-7]{26}$", examples=["l-t4m7v2xq5k6w3rj2z7nbcd5yia"])
]
RunId = Annotated[str, Meta(pattern=r"^r-[a-z2-7]{26}$", examples=["r-q2z7k4vx5t6w3mj2r7nbcd5yja"])]
RecordCode = Annotated[
    str, Meta(pattern=r"^t-[a-z2-7]{26}$", examples=["t-m2k7v4xq5t6w3rj2z7nbcd5yka"])
]

ClientId = Annotated[str, Meta(examples=["wechat-card"])]
"""A client channel's id at the identity provider."""

Fen = Annotated[int, Meta(examples=[160000])]
"""Money in whole fen."""

Instant = Annotated[
    str,
    Meta(extra_json_schema={"format": "date-time"}, examples=["2026-03-09T09:00:00+08:00"]),
]
"""An instant as RFC 3339 text, in Shanghai's time."""

Day = Annotated[str, Meta(extra_json_schema={"format": "date"}, examples=["2026-03-09"])]
"""A civil date in Shanghai."""

Group = Annotated[str, Meta(examples=["registered-unemployed"])]
"""A group of people by the code that a place's policies declare."""

District = Annotated[str, Meta(examples=["310104"])]
"""A district by its six digits (GB/T 2260)."""

Programme = Annotated[str, Meta(examples=["social-training"])]
"""A programme's code."""

Fund = Annotated[str, Meta(examples=["employment-subsidy"])]
"""A fund's code."""

Subject = Annotated[str, Meta(examples=["staff-city-01"])]
"""Somebody in office, as his token names him."""

PolicyHash = Annotated[str, Meta(examples=["02c66e9f06e72bd9ea1ef753be2d915c"])]
"""The hash of a programme's document, under which it is kept."""

OrganisationCode = Annotated[str, Meta(examples=["52319919GCLQQC1H2J"])]
"""An organisation by its unified social credit identifier (统一社会信用代码)."""

OrganisationName = Annotated[str, Meta(examples=["徐汇样例培训中心"])]
ClassNo = Annotated[str, Meta(examples=["C-2026-01"])]
"""The institution's own number of a class."""

SiteNo = Annotated[str, Meta(examples=["S1"])]
Occupation = Annotated[str, Meta(examples=["养老护理员"])]
PaidBy = Annotated[str, Meta(examples=["worker"])]
"""Who paid the fee: worker, institution or enterprise."""

Decided = Annotated[str, Meta(pattern=r"^(yes|no|waiting)$", examples=["yes"])]
"""What a decision came to; `waiting` for a fact that nobody recorded yet."""

MaskedName = Annotated[str, Meta(examples=["张*"])]
MaskedNumber = Annotated[str, Meta(examples=["319***********0018"])]
MaskedPhone = Annotated[str, Meta(examples=["138****0018"])]
MaskedAccount = Annotated[str, Meta(examples=["****1234"])]

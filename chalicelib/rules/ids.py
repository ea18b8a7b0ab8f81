"""Identifiers: their types, and how the computed ones are computed.

Every id but a person's is SHA-256 over its owner's id and the business key, so that doing a
thing twice finds it done. A person's id is a MAC made by the key service, not here.
"""

import re
from base64 import b32encode
from hashlib import sha256
from typing import NewType

PersonId = NewType("PersonId", str)
OrganisationId = NewType("OrganisationId", str)
VoucherId = NewType("VoucherId", str)
ClassId = NewType("ClassId", str)
CaseId = NewType("CaseId", str)
ProposalId = NewType("ProposalId", str)
LineId = NewType("LineId", str)
RunId = NewType("RunId", str)
UploadId = NewType("UploadId", str)
RecordCode = NewType("RecordCode", str)

_LENGTH = 26  # of base32: 130 bits


def form(prefix: str) -> re.Pattern[str]:
    """What the ids look like that begin so."""
    return re.compile(f"{prefix}-[a-z2-7]{{{_LENGTH}}}")


def short(digest: bytes) -> str:
    """The first 130 bits of a digest, as 26 lower-case base32 characters."""
    return b32encode(digest).decode().lower()[:_LENGTH]


def _computed(prefix: str, *parts: str) -> str:
    # The unit separator cannot occur in a part, so ("a", "bc") and ("ab", "c") differ.
    return f"{prefix}-{short(sha256(chr(31).join((prefix, *parts)).encode()).digest())}"


def person_id(mac: bytes) -> PersonId:
    """The person whose document number gave this MAC."""
    return PersonId(f"p-{short(mac)}")


def voucher_id(person: PersonId, programme: str, period: str, ordinal: int) -> VoucherId:
    """One voucher per person, programme, period and ordinal."""
    return VoucherId(_computed("v", person, programme, period, str(ordinal)))


def class_id(institution: OrganisationId, class_no: str) -> ClassId:
    """A class, by its institution and the institution's own number for it."""
    return ClassId(_computed("c", institution, class_no))


def case_id(voucher: VoucherId, kind: str, lesson_no: int) -> CaseId:
    """One case per voucher, kind of irregularity and lesson."""
    return CaseId(_computed("k", voucher, kind, str(lesson_no)))


def proposal_id(proposer: str, key: str) -> ProposalId:
    """A proposal, by who proposed and the key of his request."""
    return ProposalId(_computed("s", proposer, key))


def line_id(voucher: VoucherId, fund: str, instalment: int) -> LineId:
    """One payment line per voucher, fund and instalment."""
    return LineId(_computed("l", voucher, fund, str(instalment)))


def upload_id(actor: str, key: str) -> UploadId:
    """A file that somebody brings, by the key of his request for its address."""
    return UploadId(_computed("u", actor, key))


def run_id(kind: str, actor: str, key: str) -> RunId:
    """A run over a file or a register, by who asked for it and the key of his request."""
    return RunId(_computed("r", kind, actor, key))


def record_code(person: PersonId, digest: str) -> RecordCode:
    """A print of a person's training record, by the person and what the print says."""
    return RecordCode(_computed("t", person, digest))


def read_record_code(text: str) -> RecordCode:
    """A print's code as typed off the paper: in capitals, in groups, with or without its `t-`."""
    told = "".join(letter for letter in text.lower() if letter.isascii() and letter.isalnum())
    return RecordCode(f"t-{told.removeprefix('t') if len(told) > _LENGTH else told}")


def notice_id(voucher: VoucherId, kind: str, occasion: str) -> str:
    """A notice, by its voucher, kind and occasion; it is the id of its event."""
    return _computed("n", voucher, kind, occasion)

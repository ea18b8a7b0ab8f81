"""Cases (异常): an irregularity that a person has to decide; deciding is for the use cases."""

from dataclasses import dataclass

from .ids import CaseId, ClassId, VoucherId

NATIONAL_REFUSAL = "national-refusal"
"""The kind of a case in which the national platform will not take what it was told."""


@dataclass(frozen=True)
class Case:
    """One irregularity of a voucher: of a lesson's check-in, or of the event it is `about`."""

    id: CaseId
    voucher_id: VoucherId
    kind: str
    class_id: ClassId | None
    lesson_no: int | None
    outcome: str
    district: str
    opened_at: str
    open: bool
    reason: str | None
    about: str = ""

    @property
    def holds_payment(self) -> bool:
        """Whether no money of the voucher leaves while this is open."""
        return self.kind != NATIONAL_REFUSAL

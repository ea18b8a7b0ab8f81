"""Cases (异常): an irregularity that a person has to decide; deciding is for the use cases."""

from dataclasses import dataclass

from .ids import CaseId, ClassId, VoucherId


@dataclass(frozen=True)
class Case:
    """One irregularity of a voucher; while it is open the voucher's payment is held."""

    id: CaseId
    voucher_id: VoucherId
    kind: str
    class_id: ClassId
    lesson_no: int
    outcome: str
    district: str
    opened_at: str
    open: bool
    reason: str | None

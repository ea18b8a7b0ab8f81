"""What anybody learns who checks a printed record."""

from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from . import shown

if TYPE_CHECKING:
    # A type alone: of all requests only those for a record pay for its rules.
    from chalicelib.usecases.check_record import Checked


class CheckShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether a print is genuine; if so when it was made, for whom, and if it is outdated.

    `changed_since` says that vouchers, check-ins or payments were added after the print.
    """

    code: Annotated[str, Meta(examples=["t-m2k7v4xq5t6w3rj2z7nbcd5yka"])]
    genuine: bool
    made_at: shown.Instant | None = None
    name: shown.MaskedName | None = None
    document_number: shown.MaskedNumber | None = None
    vouchers: int | None = None
    certificates: int | None = None
    changed_since: bool | None = None


def check_view(code: str, found: "Checked | None") -> CheckShown:
    """The answer to who holds the paper; an unknown code is told, not hidden."""
    if found is None:
        return CheckShown(code, genuine=False)
    return CheckShown(
        code=code,
        genuine=True,
        made_at=found.made.made_at,
        name=found.masks.name,
        document_number=found.masks.document_number,
        vouchers=found.made.totals.vouchers,
        certificates=found.made.totals.certificates,
        changed_since=found.changed_since,
    )

"""What anybody learns who checks a printed record, as JSON and as a page for a phone."""

import msgspec

from chalicelib.usecases.check_record import Checked

from . import pages, shown
from .answers import Html
from .pages import Markup, fill
from .texts import Catalogue


class CheckShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether a print is genuine; if so when it was made, for whom, and if it is outdated.

    `changed_since` says that vouchers, check-ins or payments were added after the print.
    """

    code: str
    genuine: bool
    made_at: shown.Instant | None = None
    name: str | None = None
    document_number: str | None = None
    vouchers: int | None = None
    certificates: int | None = None
    changed_since: bool | None = None


def check_view(code: str, found: Checked | None) -> CheckShown:
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


def check_page(told: CheckShown, texts: Catalogue) -> Html:
    """The same for people."""
    said = pages.words(texts.language)
    if told.genuine:
        explained = said.say("changed" if told.changed_since else "unchanged")
    else:
        explained = said.say("unknown", code=told.code)
    page = fill(
        "checked",
        said,
        title=said.say("checked"),
        kind="yes" if told.genuine else "no",
        verdict=said.say("genuine" if told.genuine else "not_genuine"),
        explained=explained,
        facts=_facts(told, said) if told.genuine else Markup(),
    )
    return Html(page)


def _facts(told: CheckShown, said: pages.Words) -> Markup:
    return fill(
        "checked_facts",
        said,
        name=told.name,
        document_number=told.document_number,
        made_at=(told.made_at or "")[:16].replace("T", " "),
        vouchers=told.vouchers,
        certificates=told.certificates,
        code=told.code,
    )

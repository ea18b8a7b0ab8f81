"""What anybody learns who checks a printed record, as a page for his phone."""

from . import pages
from .answers import Html
from .check_views import CheckShown
from .pages import Markup, fill
from .texts import Catalogue


def check_page(told: CheckShown, texts: Catalogue) -> Html:
    """The answer to a check, for people."""
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

"""The words of a notice in zh-CN and en: templates by kind, filled with dates and amount.

Not here: what is told when; rules.notice says that. Nothing personal stands in any of them.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from chalicelib.policy import Policy
from chalicelib.rules import calendar
from chalicelib.rules.notice import Notice

LANGUAGES = ("zh-CN", "en")
_FOLDER = Path(__file__).parent / "notices"


@cache
def templates(language: str) -> Mapping[str, Mapping[str, str]]:
    """Title and body of every kind, in one of LANGUAGES."""
    content: dict[str, dict[str, str]] = json.loads(
        (_FOLDER / f"{language}.json").read_text(encoding="utf-8")
    )
    return content


def worded(notice: Notice, policy: Policy, language: str) -> tuple[str, str]:
    """Title and body of a notice about a voucher of this policy's programme."""
    told = templates(language)[notice.kind]
    facts = {"programme": policy.name(language)}
    if notice.expires_at:
        facts["expires_on"] = calendar.civil_date(calendar.instant(notice.expires_at)).isoformat()
    if notice.starts_at:
        starts_at = calendar.instant(notice.starts_at)
        facts["starts_on"], facts["starts_time"] = f"{starts_at:%Y-%m-%d}", f"{starts_at:%H:%M}"
    if notice.amount_fen is not None:
        yuan, fen = divmod(notice.amount_fen, 100)
        facts["amount"] = f"{yuan}.{fen:02}"
    return told["title"], told["body"].format_map(facts)

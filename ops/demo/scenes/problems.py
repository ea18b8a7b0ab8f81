"""Looking at a refusal: it must be a problem as RFC 9457 words it, with the city's members.

Here: the shape of a problem. Not here: when one is due.
"""

import re

from ops.api import Answer
from ops.failures import unexpected

HAN = re.compile(r"[\u4e00-\u9fff]")
MEMBERS = {"type", "title", "status", "code", "detail", "request_id"}


def look_at_problem(answer: Answer, *, rule: bool = False) -> None:
    """Raise StepFailedError unless shape and language are right.

    With `rule`, the provision of the notice must be named as well.
    """
    problem = answer.json
    chinese = answer.request.language == "zh-CN"
    whole = (
        answer.media_type == "application/problem+json"
        and problem.keys() >= MEMBERS
        and problem["type"] == f"urn:voucher-city:problem:{problem['code']}"
        and problem["status"] == answer.status
        and bool(HAN.search(problem["title"])) == chinese
    )
    if not whole:
        raise unexpected(answer, f"a problem in {answer.request.language} with {sorted(MEMBERS)}")
    if rule and not problem.get("rule", {}).get("section"):
        raise unexpected(answer, "the rule and its section of the notice")

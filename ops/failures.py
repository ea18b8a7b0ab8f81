"""How the operator's tools fail: which request, what came back, what to do.

Here: the one error they raise for it. Not here: exit codes or printing.
"""

import json

from ops.api import Answer

ADVICE = {
    400: "the request cannot be read: correct the named field",
    401: "the token is missing, expired or from another issuer: mint one anew",
    403: "this subject lacks the right: see its line in the staff file",
    404: "absent, or not this caller's: check the id and whose object it is",
    409: "somebody was there first: read the object again",
    422: "correct the named field and send it again",
    429: "too many calls at once: wait a moment and run it again",
}
OF_CODES = {
    "same_person": "it takes a second person: hand it on",
    "not_the_proposer": "ask its proposer to withdraw it, or leave it unapproved",
    "effective_in_past": "name today or a later day",
    "effective_day_passed": "its proposer withdraws it and proposes it anew, for a later day",
    "past_changed": "begin each of these values on the day of effect or later; where the past was"
    ' wrong, keep its day and add corrected = { on = DATE, why = "…" }',
    "later_version_differs": "first have a version approved for that later day which holds these"
    " values too, as corrections",
    "policy_overtaken": "its proposer withdraws it, takes up the other version's values and"
    " proposes it anew",
}
"""What to do where the status alone would mislead."""

SERVER_ADVICE = "a fault of the city: look up the request id in the function's log"


class StepFailedError(Exception):
    """A step did not come out as it must; carries what is needed to mend it."""

    def __init__(self, step: str, found: str, advice: str, answer: Answer | None = None) -> None:
        super().__init__(f"{step}: {found}. {advice}")
        self.step = step
        self.found = found
        self.advice = advice
        self.answer = answer


def unexpected(answer: Answer, expected: str) -> StepFailedError:
    """The failure of a call that was answered otherwise than `expected`."""
    came = json.dumps(answer.json, ensure_ascii=False)
    advice = OF_CODES.get(answer.code or "") or ADVICE.get(answer.status, SERVER_ADVICE)
    return StepFailedError(
        step=str(answer.request),
        found=f"answered {answer.status} {came[:800]}, expected {expected}",
        advice=advice,
        answer=answer,
    )


def must(answer: Answer, *statuses: int) -> Answer:
    """The answer itself when its status is one of `statuses`. Raises StepFailedError."""
    if answer.status not in statuses:
        raise unexpected(answer, " or ".join(map(str, statuses)))
    return answer


def must_refuse(answer: Answer, status: int, code: str) -> Answer:
    """The answer itself when it is that problem. Raises StepFailedError."""
    if (answer.status, answer.code) != (status, code):
        raise unexpected(answer, f"{status} {code}")
    return answer

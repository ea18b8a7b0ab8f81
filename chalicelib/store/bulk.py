"""Many conditional inserts in few calls: PartiQL carries 25, each with its own answer.

Items come from the models' own serialisation, so that the mapping is written once.
"""

from collections.abc import Sequence
from typing import Any

from chalicelib.errors import Unavailable

from .patience import AWS_ERRORS, Meaning, attempts, meaning, retryable
from .table import Table, connection

_PER_CALL = 25
_EXISTS = "DuplicateItem"


def insert(items: Sequence[Table]) -> list[bool]:
    """Inserts items that are not there yet; True for each that was new, in the given order.

    An insert whose answer was lost is sent again and then reads as existing: who needs to know
    whether it was his own compares what the item carries.
    """
    answers: list[bool] = []
    for start in range(0, len(items), _PER_CALL):
        answers += _insert(items[start : start + _PER_CALL])
    return answers


def _insert(items: Sequence[Table]) -> list[bool]:
    answers: dict[int, bool] = {}
    for _ in attempts():
        waiting = [n for n in range(len(items)) if n not in answers]
        try:
            responses = _execute([items[n] for n in waiting])
        except AWS_ERRORS as error:
            if meaning(error) is not Meaning.AGAIN:
                raise
            continue
        for n, response in zip(waiting, responses, strict=True):
            code = response.get("Error", {}).get("Code")
            if code is None or code == _EXISTS:
                answers[n] = code is None
            elif not retryable(code):
                raise Unavailable("table")
        if len(answers) == len(items):
            return [answers[n] for n in range(len(items))]
    raise Unavailable("table")


def _execute(items: Sequence[Table]) -> list[dict[str, Any]]:
    statements = []
    for item in items:
        content = item.serialize(null_check=False)
        names = ", ".join(f"'{name}': ?" for name in content)
        statements.append(
            {
                "Statement": f'INSERT INTO "{item.Meta.table_name}" VALUE {{{names}}}',
                "Parameters": list(content.values()),
            }
        )
    client: Any = connection().client  # PynamoDB's type names only what PynamoDB itself calls
    answer = client.batch_execute_statement(Statements=statements)
    responses: list[dict[str, Any]] = answer["Responses"]
    return responses

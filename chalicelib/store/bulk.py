"""Many conditional writes in few calls: PartiQL carries 25, each with its own answer.

Items come from the models' own serialisation, so that the mapping is written once.
"""

from collections.abc import Sequence
from typing import Any

from chalicelib.errors import Unavailable

from .patience import AWS_ERRORS, Meaning, attempts, meaning, retryable
from .table import Table, connection

_PER_CALL = 25
_EXISTS = "DuplicateItem"
_NOT_SO = "ConditionalCheckFailed"

Statement = dict[str, Any]
"""One PartiQL statement with its parameters, as the call takes it."""


def insert(items: Sequence[Table]) -> list[bool]:
    """Inserts items that are not there yet; True for each that was new, in the given order.

    An insert whose answer was lost is sent again and then reads as existing: who needs to know
    whether it was his own compares what the item carries.
    """
    return _in_batches([_insertion(item) for item in items], _EXISTS)


def update(items: Sequence[Table], removed: Sequence[str], still: tuple[str, str]) -> list[bool]:
    """Sets what each item carries beside its key `id` and removes the named attributes.

    True for each whose attribute `still[0]` was `still[1]`, in the given order; False where it
    was not, or where there is no such item.
    """
    return _in_batches([_changing(item, removed, still) for item in items], _NOT_SO)


def _insertion(item: Table) -> Statement:
    content = item.serialize(null_check=False)
    names = ", ".join(f"'{name}': ?" for name in content)
    text = f'INSERT INTO "{item.Meta.table_name}" VALUE {{{names}}}'
    return {"Statement": text, "Parameters": list(content.values())}


def _changing(item: Table, removed: Sequence[str], still: tuple[str, str]) -> Statement:
    content = item.serialize(null_check=False)
    key = content.pop("id")
    settings = [f'SET "{name}"=?' for name in content]
    removals = [f'REMOVE "{name}"' for name in removed]
    changes = " ".join([*settings, *removals])
    where = f'"id"=? AND "{still[0]}"=?'
    text = f'UPDATE "{item.Meta.table_name}" {changes} WHERE {where}'
    return {"Statement": text, "Parameters": [*content.values(), key, {"S": still[1]}]}


def _in_batches(statements: Sequence[Statement], refusal: str) -> list[bool]:
    answers: list[bool] = []
    for start in range(0, len(statements), _PER_CALL):
        answers += _batch(statements[start : start + _PER_CALL], refusal)
    return answers


def _batch(statements: Sequence[Statement], refusal: str) -> list[bool]:
    answers: dict[int, bool] = {}
    for _ in attempts():
        waiting = [n for n in range(len(statements)) if n not in answers]
        try:
            responses = _execute([statements[n] for n in waiting])
        except AWS_ERRORS as error:
            if meaning(error) is not Meaning.AGAIN:
                raise
            continue
        for n, response in zip(waiting, responses, strict=True):
            code = response.get("Error", {}).get("Code")
            if code is None or code == refusal:
                answers[n] = code is None
            elif not retryable(code):
                raise Unavailable("table")
        if len(answers) == len(statements):
            return [answers[n] for n in range(len(statements))]
    raise Unavailable("table")


def _execute(statements: Sequence[Statement]) -> list[dict[str, Any]]:
    client: Any = connection().client  # PynamoDB's type names only what PynamoDB itself calls
    answer = client.batch_execute_statement(Statements=list(statements))
    responses: list[dict[str, Any]] = answer["Responses"]
    return responses

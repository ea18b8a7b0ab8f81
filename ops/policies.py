"""Programmes in a folder, ready to be published.

Here: finding and reading them, and posting one. Not here: what a policy means;
chalicelib.policy says that.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chalicelib.policy import digest, read
from ops.api import Api
from ops.failures import StepFailedError, must


def programmes(folder: Path) -> Iterator[dict[str, Any]]:
    """The documents of every programme whose folder is `folder` or lies beneath it.

    Raises StepFailedError with every fault of the first faulty one.
    """
    found = sorted({path.parent for path in folder.rglob("*.toml")})
    if not found:
        raise StepFailedError(f"reading {folder}", "no TOML file in it", "name another folder")
    for place in found:
        try:
            yield read(place)
        except ValueError as fault:
            raise StepFailedError(
                f"reading {place}", str(fault), "correct the file; nothing of it was published"
            ) from fault


def publish(api: Api, token: str | None, document: dict[str, Any]) -> str:
    """Post a programme's document; the hash under which the city keeps it.

    Raises StepFailedError, also when the city computed another hash; UnreachableError.
    """
    body = {"programme": document["programme"], "document": document}
    answer = must(api.post("/policies", token, body), 201)
    if answer.json["hash"] != digest(document):
        raise StepFailedError(
            f"publishing {document['programme']}",
            f"the city keeps {answer.json['hash']}, this checkout computes {digest(document)}",
            "are the city and this checkout of the same version?",
        )
    return str(answer.json["hash"])

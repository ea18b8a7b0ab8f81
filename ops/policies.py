"""Programmes in a folder, and their way into force: proposed by one official, approved by another.

Here: finding and reading them, and the calls to the city. Not here: what a policy means;
chalicelib.policy says that.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from chalicelib.policy import Policy, digest
from chalicelib.policy.check import FaultyPolicy
from chalicelib.policy.place import read, read_place
from ops.api import Api
from ops.cases import FaultyCases, Verdict, read_cases, run
from ops.cases.figures import unpinned
from ops.failures import StepFailedError, must

PLACE = "place.toml"

Version = dict[str, Any]
"""A version as the city tells of it."""

Move = Callable[[Api, str | None, str], Version]
"""What one official does to a version, by its hash."""

_LOOK = "what waits, and what became of the rest: voucherctl policy list"


def programmes(folder: Path) -> Iterator[dict[str, Any]]:
    """The documents of the programmes of `folder`: a place's, or one programme's.

    Raises StepFailedError with every fault of the place.
    """
    try:
        if (folder / PLACE).exists():
            yield from read_place(folder).values()
        elif (folder.parent / PLACE).exists():
            yield read(folder)
        else:
            raise StepFailedError(
                f"reading {folder}", f"no {PLACE} in it or beside it", "name a place's folder"
            )
    except FaultyPolicy as fault:
        raise StepFailedError(
            f"reading {folder}", str(fault), "correct the files; nothing of it was proposed"
        ) from fault


def verdicts(folder: Path) -> tuple[Verdict, ...]:
    """What came of every case of a place's folder.

    Raises StepFailedError with every fault of its policies or of its cases.
    """
    if (folder.parent / PLACE).exists():
        raise StepFailedError(
            f"running the cases of {folder}",
            "cases are their place's, not one programme's",
            f"name the place: {folder.parent}",
        )
    compiled = {
        document["programme"]: Policy.of(digest(document), document)
        for document in programmes(folder)
    }
    try:
        return run(compiled, read_cases(folder))
    except FaultyCases as fault:
        raise StepFailedError(
            f"reading {folder}/cases", str(fault), "correct the cases; none of them was run"
        ) from fault


def loose_figures(folder: Path) -> list[str]:
    """What no case of a sound place notices: each number and date, moved by one unit."""
    return [each.told for each in unpinned(folder, read_cases(folder))]


def propose(
    api: Api, token: str | None, document: dict[str, Any], effective_from: str | None = None
) -> Version:
    """Propose a programme's document from a day on, or from the city's today; the version.

    Raises StepFailedError, also when the city computed another hash; UnreachableError.
    """
    body = {"programme": document["programme"], "document": document}
    if effective_from is not None:
        body["effective_from"] = effective_from
    kept: Version = must(api.post("/policies", token, body), 201).json
    if kept["hash"] != digest(document):
        raise StepFailedError(
            f"proposing {document['programme']}",
            f"the city keeps {kept['hash']}, this checkout computes {digest(document)}",
            "are the city and this checkout of the same version?",
        )
    return kept


def approve(api: Api, token: str | None, hash_: str) -> Version:
    """Approve the version with this hash; StepFailedError, UnreachableError."""
    answer = must(api.post(f"/policies/{hash_}/approval", token, {}), 200)
    return dict(answer.json)


def withdraw(api: Api, token: str | None, hash_: str) -> Version:
    """Take back the version with this hash; StepFailedError, UnreachableError."""
    answer = must(api.post(f"/policies/{hash_}/withdrawal", token, {}), 200)
    return dict(answer.json)


def document(api: Api, token: str | None, hash_: str) -> dict[str, Any]:
    """The document published under a hash; StepFailedError, UnreachableError."""
    return dict(must(api.get(f"/policies/{hash_}", token), 200).json["document"])


def listed(api: Api, token: str | None) -> dict[str, Any]:
    """Every proposal (`policies`) and what governs today (`in_force`), as the city tells it."""
    return dict(must(api.get("/policies", token), 200).json)


def open_proposals(api: Api, token: str | None, folder: Path) -> list[Version]:
    """The open proposals of just what stands in a folder; what is approved already is passed over.

    Raises StepFailedError where a programme was not proposed so, or nothing waits.
    """
    known = listed(api, token)["policies"]
    waiting = {row["hash"]: row for row in known if row["state"] == "proposed"}
    done = {row["hash"] for row in known if row["state"] == "approved"}
    hashes = {digest(document): document["programme"] for document in programmes(folder)}
    for hash_, programme in hashes.items():
        if hash_ not in waiting.keys() | done:
            found = f"nobody has proposed {hash_}, which is what stands there"
            raise StepFailedError(f"looking for {programme} of {folder}", found, _LOOK)
    found_here = [waiting[hash_] for hash_ in hashes if hash_ in waiting]
    if not found_here:
        raise StepFailedError(f"looking for {folder}", "no proposal of it waits", _LOOK)
    return found_here

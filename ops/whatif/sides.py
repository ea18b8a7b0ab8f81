"""The two sides of a comparison: a place's folder, a programme's, or a published version."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ops import policies
from ops.api import Api
from ops.failures import StepFailedError

Document = dict[str, Any]


@dataclass(frozen=True)
class Side:
    """Programmes' documents by code; `single` where one programme was named and not its place."""

    told: str
    documents: Mapping[str, Document]
    single: bool


def side(what: str, api: Callable[[], Api], token: str | None) -> Side:
    """What the words name: a folder, or `programme@hash`, which the city is asked for.

    Raises StepFailedError where they name neither, where the folder has faults or the version is
    another programme's; UnreachableError.
    """
    folder = Path(what)
    if folder.is_dir():
        documents = {each["programme"]: each for each in policies.programmes(folder)}
        return Side(what, documents, single=not (folder / policies.PLACE).exists())
    programme, at, hash_ = what.partition("@")
    if not at:
        raise StepFailedError(
            f"reading {what}",
            "it is neither a folder nor a published version",
            "name a place's folder, a programme's, or programme@hash "
            "(voucherctl policy list shows the hashes)",
        )
    kept = policies.document(api(), token, hash_)
    if kept["programme"] != programme:
        raise StepFailedError(
            f"reading {what}",
            f"{hash_} is a version of {kept['programme']}",
            f"name it {kept['programme']}@{hash_}",
        )
    return Side(what, {programme: kept}, single=True)


def together(before: Side, after: Side) -> list[tuple[str, Document | None, Document | None]]:
    """Each programme with its two documents; None where one side has not got it.

    A side that is one programme is compared with that programme of the other alone.
    Raises StepFailedError where they have none in common then.
    """
    codes = {*before.documents, *after.documents}
    for one in (before, after):
        if one.single:
            codes &= one.documents.keys()
    if not codes:
        raise StepFailedError(
            f"comparing {before.told} with {after.told}",
            "they are of different programmes",
            "name the same programme twice, or two places",
        )
    return [(code, before.documents.get(code), after.documents.get(code)) for code in sorted(codes)]

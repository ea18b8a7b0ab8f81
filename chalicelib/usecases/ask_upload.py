"""Ask for an upload: an address to which an official puts one file, without any other key."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.errors import Invalid, KeyReused
from chalicelib.rules import ids, upload
from chalicelib.rules.file_format import FileFormat
from chalicelib.rules.history import Command
from chalicelib.rules.principal import Principal
from chalicelib.rules.run import BEYOND_FILES, RunKind
from chalicelib.store import files, requests, transact

from .show_run import right_for

LIVES = timedelta(minutes=15)
_PATH = "/uploads"


@dataclass(frozen=True)
class Address:
    """Where the file goes, and for how long; the headers belong to what is signed."""

    object_key: str
    url: str
    headers: dict[str, str]
    expires_at: datetime


def ask_upload(
    principal: Principal, kind: RunKind, form: FileFormat, size_bytes: int, command: Command
) -> Address:
    """An address good for one file of this kind, form and size, and for nothing else.

    The same command again is given the same place. Raises Forbidden `right_missing`, Invalid
    `file_too_large`, KeyReused.
    """
    principal.require(right_for(kind))
    if kind in BEYOND_FILES:
        raise Invalid("bad_value", field="kind")
    upload.check_size(size_bytes, field="size_bytes")
    key = upload.object_key(kind, ids.upload_id(command.actor, command.key), form)
    _remember(command, key)
    headers = {"Content-Type": form.media_type, "Content-Length": str(size_bytes)}
    url = files.upload_address(key, form.media_type, size_bytes, LIVES)
    return Address(key, url, headers, command.at + LIVES)


def _remember(command: Command, key: str) -> None:
    try:
        requests.remember(command.actor, _PATH, command.key, command.body, key)
    except transact.Lost:
        known = requests.remembered(command.actor, _PATH, command.key)
        if known != (command.body, key):
            raise KeyReused from None

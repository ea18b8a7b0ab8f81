"""Ask for an import, or for its preview: an official's uploaded file becomes a run."""

from chalicelib.errors import Invalid
from chalicelib.rules import upload
from chalicelib.rules.history import Command
from chalicelib.rules.principal import Principal
from chalicelib.rules.run import BEYOND_FILES, Run, RunKind
from chalicelib.store import files

from .show_run import right_for
from .start_run import start_run


def ask_import(
    principal: Principal,
    kind: RunKind,
    object_key: str,
    command: Command,
    preview: bool = False,
) -> Run:
    """The run over this file as it lies there now; the work itself happens later.

    Raises Forbidden `right_missing`, Invalid for a key outside the uploads, Invalid
    `file_too_large`, NotFound where no such file was uploaded, KeyReused.
    """
    principal.require(right_for(kind))
    if kind in BEYOND_FILES or not object_key.startswith(upload.INCOMING):
        raise Invalid("bad_value", field="object_key")
    found = files.uploaded(object_key)
    upload.check_size(found.size_bytes, field="object_key")
    source = {"object_key": object_key, "stamp": found.stamp}
    return start_run("imports", kind, source, command, preview=preview)

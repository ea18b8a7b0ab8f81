"""Uploads: which files an official may bring, how large, and where they lie until they are read."""

from chalicelib.errors import Invalid

from .file_format import FileFormat
from .ids import UploadId
from .run import RunKind

INCOMING = "incoming/"
MOST_MEGABYTES = 128


def check_size(size_bytes: int, field: str) -> None:
    """Invalid `file_too_large` for a file that is not read, whatever stands in it."""
    if size_bytes > MOST_MEGABYTES * 1024 * 1024:
        raise Invalid("file_too_large", field=field, facts={"limit_mb": MOST_MEGABYTES})


def object_key(kind: RunKind, upload_id: UploadId, form: FileFormat) -> str:
    """Where an upload lies."""
    return f"{INCOMING}{kind}/{upload_id}.{form}"

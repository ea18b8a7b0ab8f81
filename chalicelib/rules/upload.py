"""Uploads: which files an official may bring, how large, and where they lie until they are read."""

from chalicelib.errors import Invalid

INCOMING = "incoming/"
MOST_MEGABYTES = 128


def check_size(size_bytes: int, field: str) -> None:
    """Invalid `file_too_large` for a file that is not read, whatever stands in it."""
    if size_bytes > MOST_MEGABYTES * 1024 * 1024:
        raise Invalid("file_too_large", field=field, facts={"limit_mb": MOST_MEGABYTES})

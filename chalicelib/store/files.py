"""Officials' files in the bucket: where they are put, how they are fetched, what is given out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any, BinaryIO, cast

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import settings
from chalicelib.errors import Conflict, NotFound, Unavailable

from .aws import client

# Who may not list the bucket is told 403 where a key is absent.
_ABSENT = frozenset({"NoSuchKey", "NotFound", "404", "AccessDenied", "403"})
_CHANGED = frozenset({"PreconditionFailed", "412"})
_PIECE_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Upload:
    """A file as it lies there: `stamp` names its content, another content has another."""

    stamp: str
    size_bytes: int


def uploaded(object_key: str) -> Upload:
    """The file under this key, not opened; NotFound."""
    found = _asked("head_object", Key=object_key)
    return Upload(str(found["ETag"]), int(found["ContentLength"]))


@contextmanager
def fetched(object_key: str, stamped: str) -> Iterator[BinaryIO]:
    """The file on this function's own disk, for as long as it is read.

    Raises NotFound, and Conflict `file_changed` where it has another stamp.
    """
    body = _asked("get_object", Key=object_key, IfMatch=stamped)["Body"]
    with TemporaryFile() as file:
        try:
            while piece := body.read(_PIECE_BYTES):
                file.write(piece)
        except BotoCoreError as error:
            raise Unavailable("files") from error
        file.seek(0)
        yield cast(BinaryIO, file)


def _asked(operation: str, **parameters: str) -> Any:
    try:
        return getattr(client("s3"), operation)(Bucket=settings.load().files_bucket, **parameters)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in _ABSENT:
            raise NotFound("file") from None
        if code in _CHANGED:
            raise Conflict("file_changed", facts={"object_key": parameters["Key"]}) from None
        raise Unavailable("files") from error
    except BotoCoreError as error:
        raise Unavailable("files") from error

"""Officials' files in the bucket: where they are put, how they are fetched, what is given out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO, cast

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


def upload_address(object_key: str, media_type: str, size_bytes: int, lives: timedelta) -> str:
    """Where exactly this file may be put by whoever has the address, until it ends."""
    signed = {"Key": object_key, "ContentType": media_type, "ContentLength": size_bytes}
    return _address("put_object", lives, **signed)


def exists(object_key: str) -> bool:
    """Whether a file lies under this key."""
    try:
        uploaded(object_key)
    except NotFound:
        return False
    return True


def put(object_key: str, file: IO[bytes], media_type: str) -> None:
    """Puts what was written to a file, from its beginning."""
    file.seek(0)
    _asked("put_object", Key=object_key, Body=file, ContentType=media_type)


def download_address(object_key: str, name: str, lives: timedelta) -> str:
    """Where the file can be fetched under that name by whoever has the address."""
    named = f'attachment; filename="{name}"'
    return _address("get_object", lives, Key=object_key, ResponseContentDisposition=named)


def _address(operation: str, lives: timedelta, **parameters: object) -> str:
    signed = {"Bucket": settings.load().files_bucket, **parameters}
    address: str = client("s3").generate_presigned_url(
        operation, Params=signed, ExpiresIn=int(lives.total_seconds())
    )
    return address


def _asked(operation: str, **parameters: Any) -> Any:
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

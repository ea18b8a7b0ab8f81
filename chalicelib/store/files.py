"""Officials' files, as they were put to the bucket; read as a stream, never as a whole."""

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import settings
from chalicelib.errors import Conflict, NotFound, Unavailable
from chalicelib.rules.tabular import Readable

from .aws import client

# Who may not list the bucket is told 403 where a key is absent.
_ABSENT = frozenset({"NoSuchKey", "NotFound", "404", "AccessDenied", "403"})
_CHANGED = frozenset({"PreconditionFailed", "412"})


def stamp(object_key: str) -> str:
    """What the file's content is known by from now on (its ETag); NotFound."""
    return str(_asked("head_object", Key=object_key)["ETag"])


def open_file(object_key: str, stamped: str) -> Readable:
    """The bytes of a file as a stream; NotFound, Conflict `file_changed` under another stamp."""
    body: Readable = _asked("get_object", Key=object_key, IfMatch=stamped)["Body"]
    return body


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

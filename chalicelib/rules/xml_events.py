"""XML read as it streams by, for files of strangers: no entities, no external parts.

The standard library's expat; names come without their namespaces.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import IO
from xml.parsers import expat

from .tabular import Unfit

Attributes = Mapping[str, str]
_CHUNK_BYTES = 65_536
_NAMESPACE = " "


def parser(
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None] | None = None,
) -> expat.XMLParserType:
    """A parser that tells each element by its local name; a document type is Unfit `damaged`."""
    made = expat.ParserCreate(namespace_separator=_NAMESPACE)
    made.buffer_text = True
    made.StartDoctypeDeclHandler = _refuse
    made.StartElementHandler = lambda name, attributes: start(local(name), attributes)
    made.EndElementHandler = lambda name: end(local(name))
    if text:
        made.CharacterDataHandler = text
    return made


@lru_cache(maxsize=256)
def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(_NAMESPACE)[2]


def chunks(stream: IO[bytes], fed: expat.XMLParserType) -> Iterator[None]:
    """Feeds the parser chunk by chunk, with a pause after each; Unfit `damaged`."""
    try:
        while chunk := stream.read(_CHUNK_BYTES):
            fed.Parse(chunk, False)
            yield
        fed.Parse(b"", True)
    except (expat.ExpatError, LookupError):  # an encoding that nobody knows is the second
        raise Unfit("damaged") from None
    yield


def _refuse(*_: object) -> None:
    raise Unfit("damaged")

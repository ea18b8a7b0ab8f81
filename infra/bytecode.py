"""Zips for Lambda: unpacked, compiled and packed again, the same bytes from the same input.

Chalice ships no bytecode and a function's disk is read-only: without it every cold start compiles
all it imports. What is packed, and where it goes, is decided elsewhere.
"""

import compileall
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from py_compile import PycInvalidationMode
from tempfile import TemporaryDirectory

_EPOCH = (1980, 1, 1, 0, 0, 0)


def compile_zip(source: Path, target: Path, keep: Callable[[str], bool], *, scratch: Path) -> None:
    """Write `target` as `source` with a .pyc beside every module that `keep` keeps.

    The bytecode is for the running Python and never checked against its source.
    """
    with TemporaryDirectory(dir=scratch) as name:
        tree = Path(name)
        with zipfile.ZipFile(source) as packed:
            packed.extractall(tree, [n for n in packed.namelist() if keep(n)])
        compileall.compile_dir(
            tree,
            quiet=2,
            stripdir=str(tree),
            invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
        )
        _pack(tree, target)


def _pack(tree: Path, target: Path) -> None:
    unfinished = target.with_suffix(f".{os.getpid()}.part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(p for p in tree.rglob("*") if p.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(tree).as_posix(), _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, path.read_bytes())
    unfinished.rename(target)

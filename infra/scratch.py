"""Where a local cloud unpacks functions: in memory where the machine has room for it, else on disk.

Every jump of the clock throws away all workers' packages and unpacks them anew, some 50,000 files
in a demo; a disk's file system spends more on finding their places than the functions do on their
work. What is unpacked holds no data and is gone with the cloud.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

_MEMORY: Final = Path("/dev/shm")
_PREFIX: Final = "voucher-city-"
_OWNER: Final = "owner"
_ROOM_BYTES: Final = 4_000_000_000


def make(folder: Path) -> Path:
    """An empty folder for the cloud of `folder`; what an earlier one held is removed."""
    remove(folder)
    _remove_orphans()
    if not _has_room():
        (folder / "tmp").mkdir(parents=True)
        return folder / "tmp"
    made = _in_memory(folder)
    made.mkdir(mode=0o700)
    (made / _OWNER).write_text(str(folder))
    return made


def remove(folder: Path) -> None:
    """Remove what the cloud of `folder` had unpacked, wherever that was."""
    for made in (_in_memory(folder), folder / "tmp"):
        shutil.rmtree(made, ignore_errors=True)


def owned() -> Iterator[tuple[Path, Path]]:
    """What lies in memory, each with the folder of the cloud it belongs to."""
    for made in _MEMORY.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            yield made, Path((made / _OWNER).read_text())


def _remove_orphans() -> None:
    """Remove what belonged to clouds whose own folder is gone, with a checkout for instance."""
    for made, folder in owned():
        if not folder.exists():
            shutil.rmtree(made, ignore_errors=True)


def _in_memory(folder: Path) -> Path:
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    return _MEMORY / f"{_PREFIX}{digest}"


def _has_room() -> bool:
    """Whether programs can be unpacked into memory and run from there."""
    try:
        system = os.statvfs(_MEMORY)
        told = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
        available_bytes = int(told["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return False
    runs_programs = not system.f_flag & os.ST_NOEXEC
    return runs_programs and min(system.f_bavail * system.f_frsize, available_bytes) > _ROOM_BYTES

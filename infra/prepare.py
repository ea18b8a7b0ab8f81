"""Makes the two virtual environments from the pinned requirements; runs before they exist.

Standard library only. An environment counts as made when its stamp says so, so one whose making
was interrupted is made again.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from infra import held, paths

_STAMP: Final = ".complete"
_NO_NETWORK: Final = re.compile(
    r"NewConnectionError|NameResolution|ConnectTimeout|ProxyError|ReadTimeout|"
    r"Network is unreachable|Connection refused|Temporary failure"
)
# The project itself goes into the first one: it brings the command voucherctl.
_VENVS: Final = {
    paths.ROOT / ".venv": ("requirements.txt", "requirements-dev.txt", "pyproject.toml"),
    paths.CLOUD_VENV: ("requirements-cloud.txt",),
}


class PreparationError(Exception):
    """A virtual environment could not be made; the message says why, and how to mend it."""


def prepare() -> None:
    """Make what is not yet made. Raises PreparationError, and then leaves no half of one."""
    with held.alone(paths.BUILD / "prepare.lock"):
        for venv, sources in _VENVS.items():
            stamp = _stamp_for(sources)
            done = venv / _STAMP
            if not done.exists() or done.read_text() != stamp:
                with _whole_or_not_at_all(venv):
                    _make(venv, sources)
                    done.write_text(stamp)


def _stamp_for(sources: tuple[str, ...]) -> str:
    content = b"".join((paths.ROOT / name).read_bytes() for name in sources)
    # A moved checkout needs its environments anew: their scripts carry the path.
    return f"{hashlib.sha256(content).hexdigest()} {sys.version.split()[0]} {paths.ROOT}\n"


@contextmanager
def _whole_or_not_at_all(venv: Path) -> Iterator[None]:
    shutil.rmtree(venv, ignore_errors=True)
    try:
        yield
    except BaseException:
        shutil.rmtree(venv, ignore_errors=True)
        raise


def _make(venv: Path, sources: tuple[str, ...]) -> None:
    print(f"making {venv.name} with Python {sys.version.split()[0]} …", flush=True)
    _run([sys.executable, "-m", "venv", str(venv)])
    requirements = [name for name in sources if name.endswith(".txt")][-1]
    pip = [str(venv / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install"]
    _run([*pip, "--quiet", "--retries", "2", "-r", requirements])
    if "pyproject.toml" in sources:
        _run([*pip, "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "-e", "."])


def _run(command: list[str]) -> None:
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True)
    if done.returncode == 0:
        return
    said = (done.stdout + done.stderr).strip()
    if _NO_NETWORK.search(said):
        raise PreparationError(
            "the Python package index cannot be reached.\n"
            "Is there a network, or a proxy to name in HTTPS_PROXY? Then run the same again."
        )
    if "No space left" in said:
        raise PreparationError("the disk is full; 1.5 GB are needed. Then run the same again.")
    tail = "\n".join(said.splitlines()[-8:])
    raise PreparationError(f"this failed: {' '.join(command)}\n{tail}")


def main() -> int:
    """`python -m infra.prepare`: make the virtual environments."""
    try:
        prepare()
    except PreparationError as failure:
        print(f"The virtual environments could not be made: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted; nothing half-made is left.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

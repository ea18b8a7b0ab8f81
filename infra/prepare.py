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
_PROJECT_VENV: Final = paths.ROOT / ".venv"
_VENVS: Final = {
    _PROJECT_VENV: ("requirements.txt", "requirements-dev.txt"),
    paths.CLOUD_VENV: ("requirements-cloud.txt",),
}


class PreparationError(Exception):
    """A virtual environment could not be made; the message says why, and how to mend it."""


def prepare() -> None:
    """Make what is not yet made. Raises PreparationError, and then leaves no half of one."""
    if sys.prefix != sys.base_prefix:
        raise PreparationError("this Python lies in one itself. Run: make venv")
    with held.alone(paths.BUILD / "prepare.lock"):
        for venv, sources in _VENVS.items():
            stamp = _stamp_for(sources)
            done = venv / _STAMP
            if not done.exists() or done.read_text() != stamp:
                with _whole_or_not_at_all(venv):
                    _make(venv, sources[-1])
                    done.write_text(stamp)
        _install_project()


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


def _make(venv: Path, requirements: str) -> None:
    print(f"making {venv.name} with Python {sys.version.split()[0]} …", flush=True)
    _run([sys.executable, "-m", "venv", str(venv)])
    _run([*_pip(venv), "--retries", "2", "-r", requirements])


def _install_project() -> None:
    # It brings the command voucherctl, and leads to the checkout: only its pyproject.toml counts.
    stamp = _PROJECT_VENV / ".installed"
    content = (paths.ROOT / "pyproject.toml").read_text()
    if not stamp.exists() or stamp.read_text() != content:
        local = ["--no-deps", "--no-index", "--no-build-isolation"]
        _run([*_pip(_PROJECT_VENV), *local, "-e", "."])
        stamp.write_text(content)


def _pip(venv: Path) -> list[str]:
    python = str(venv / "bin" / "python")
    return [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]


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
